package io.github.election4j.spring.autoconfigure;

import io.github.election4j.InvalidElectionConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which property cannot be used, where it was set, and what to do. */
class InvalidElectionConfigFailureAnalyzer extends AbstractFailureAnalyzer<InvalidElectionConfigException> {
    /** Properties by the settings of the engine; whatever else is told of has been named as it was set. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "leaseDuration", "election.lease-duration",
            "failOver", "election.fail-over",
            "lockFile", "election.lock-file",
            "endpoints", "election.etcd.endpoints",
            "namespace", "election.etcd.namespace",
            "user", "election.etcd.user",
            "password", "election.etcd.password",
            "sslBundle", "election.etcd.ssl.bundle",
            "connectTimeout", "election.etcd.connect-timeout",
            "requestTimeout", "election.etcd.request-timeout");

    private final Environment environment;

    InvalidElectionConfigFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidElectionConfigException cause) {
        List<String> properties = Arrays.stream(cause.setting().split(", ", -1))
                .map(setting -> PROPERTIES.getOrDefault(setting, setting))
                .toList();
        StringBuilder description = new StringBuilder("The election is misconfigured: ")
                .append(String.join(" and ", properties))
                .append(": ")
                .append(cause.found())
                .append('.');
        properties.forEach(each -> UnitlessDuration.find(environment, each)
                .ifPresent(found -> description.append("%n%n%s.".formatted(found))));
        properties.stream().flatMap(this::origin).forEach(each -> description.append("%n%n%s".formatted(each)));
        return new FailureAnalysis(description.toString(), cause.action(), cause);
    }

    private Stream<String> origin(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            for (ConfigurationPropertyName each : List.of(name, name.append("[0]"))) {
                ConfigurationProperty found = source.getConfigurationProperty(each);
                if (found != null && found.getOrigin() != null) {
                    return Stream.of("    Property: " + property + "%n    Origin: ".formatted() + found.getOrigin());
                }
            }
        }
        return Stream.empty();
    }
}
