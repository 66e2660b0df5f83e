package io.github.election4j.spring.autoconfigure;

import io.github.election4j.InvalidElectionConfigException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which property cannot be used, and what to do. */
class InvalidElectionConfigFailureAnalyzer extends AbstractFailureAnalyzer<InvalidElectionConfigException> {
    /** Properties by the settings of the engine. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("leaseDuration", "election.lease-duration"),
            Map.entry("stepDownTimeout", "election.step-down-timeout"),
            Map.entry("endpoints", "election.etcd.endpoints"),
            Map.entry("user", "election.etcd.user"),
            Map.entry("password", "election.etcd.password"),
            Map.entry("sslBundle", "election.etcd.ssl.bundle"),
            Map.entry("connectTimeout", "election.etcd.connect-timeout"),
            Map.entry("requestTimeout", "election.etcd.request-timeout"),
            Map.entry("name", "election.instances.<name>"));

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidElectionConfigException cause) {
        String properties = Arrays.stream(cause.setting().split(", ", -1))
                .map(setting -> PROPERTIES.getOrDefault(setting, "election." + setting))
                .collect(Collectors.joining(" and "));
        return new FailureAnalysis(
                "The election is misconfigured: " + properties + ": " + cause.found() + ".", cause.action(), cause);
    }
}
