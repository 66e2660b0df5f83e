package io.github.election4j.spring.autoconfigure;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.spring.Candidacy;
import io.github.election4j.spring.ManagedElection;
import io.github.election4j.spring.Participation;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Fills in what the properties leave out; asked when an election starts, since the port of the server is known then.
 */
class ElectionConfigFactory {
    static final String DEFAULT_NAME = "default";
    private static final String APPLICATION = "spring.application.name";
    private static final Duration STEP_DOWN_TIMEOUT = Duration.ofSeconds(5);
    private static final List<String> TLS =
            List.of("server.ssl.bundle", "server.ssl.key-store", "server.ssl.certificate");

    private static final List<String> COMMON_DURATIONS =
            List.of("election.step-down-timeout", "election.etcd.connect-timeout", "election.etcd.request-timeout");
    /** Of what an instance takes from above unless it has its own, by the names of the engine. */
    private static final Map<String, Function<ElectionInstanceProperties, @Nullable Object>> GETTERS = Map.of(
            "key", ElectionInstanceProperties::getKey,
            "id", ElectionInstanceProperties::getId,
            "address", ElectionInstanceProperties::getAddress,
            "stepDownTimeout", ElectionInstanceProperties::getStepDownTimeout);

    private static final Logger log = LoggerFactory.getLogger(ElectionConfigFactory.class);

    private final ElectionProperties properties;
    private final Environment environment;
    private final ObjectProvider<Elections> session;
    private final String random =
            Integer.toHexString(ThreadLocalRandom.current().nextInt());

    ElectionConfigFactory(ElectionProperties properties, Environment environment, ObjectProvider<Elections> session) {
        this.properties = properties;
        this.environment = environment;
        this.session = session;
        warnOfUnits();
    }

    /** Named by the definitions of {@link ElectionBeansRegistrar}. */
    ManagedElection election(String name) {
        // Bad settings are refused now, and not when the application is about to take part.
        refuseSharedKey(create(name).key());
        return new ManagedElection(
                name,
                session::getObject,
                () -> create(name),
                new Participation(
                        setting(name, ElectionInstanceProperties::getCandidacy, Candidacy.READY),
                        setting(name, ElectionInstanceProperties::getAutoStartup, true),
                        setting(name, ElectionInstanceProperties::getResignOnFailedStart, false)));
    }

    ElectionConfig create(String name) {
        String port = environment.getProperty("local.server.port");
        String host = host();
        String defaultId = host + ":" + (port == null ? random : port);
        String defaultAddress = port == null ? "" : scheme() + "://" + host + ":" + port;
        try {
            return new ElectionConfig(
                    name,
                    key(name),
                    setting(name, ElectionInstanceProperties::getId, defaultId),
                    setting(name, ElectionInstanceProperties::getAddress, defaultAddress),
                    setting(name, ElectionInstanceProperties::getStepDownTimeout, STEP_DOWN_TIMEOUT),
                    setting(name, ElectionInstanceProperties::getEvicted, false),
                    setting(name, ElectionInstanceProperties::getHandOverTo, HandOverTo.NEXT));
        } catch (InvalidElectionConfigException invalid) {
            throw new InvalidElectionConfigException(
                    property(name, invalid.setting()), invalid.found(), invalid.action());
        }
    }

    /** The property that a setting of an election came from: its own, or the common one. */
    private String property(String name, String setting) {
        ElectionInstanceProperties instance = properties.getInstances().get(name);
        if (setting.equals("name")) {
            return instance(name);
        }
        Function<ElectionInstanceProperties, @Nullable Object> getter = GETTERS.get(setting);
        if (getter == null) {
            return setting; // It has its property's name already.
        }
        boolean own = instance != null && getter.apply(instance) != null;
        if (!own && setting.equals("key") && properties.getKey() == null) {
            return APPLICATION;
        }
        return (own ? instance(name) : "election") + "." + DataObjectPropertyName.toDashedForm(setting);
    }

    private static String instance(String name) {
        boolean simple = name.matches("[A-Za-z0-9-]+");
        return "election.instances" + (simple ? "." + name : "[" + name + "]");
    }

    private void warnOfUnits() {
        Stream<String> instances =
                properties.getInstances().keySet().stream().map(name -> instance(name) + ".step-down-timeout");
        Stream.concat(COMMON_DURATIONS.stream(), instances)
                .flatMap(property -> UnitlessDuration.find(environment, property).stream())
                .filter(UnitlessDuration::isSuspicious)
                .forEach(found -> log.warn("{}", found));
    }

    /** Of several elections, each has a key of its own below the common one. */
    String key(String name) {
        ElectionInstanceProperties instance = properties.getInstances().get(name);
        if (instance == null) {
            return common();
        }
        return instance.getKey() == null ? common() + "/" + name : instance.getKey();
    }

    private void refuseSharedKey(String key) {
        List<String> names = properties.getInstances().keySet().stream()
                .filter(each -> key(each).equals(key))
                .sorted()
                .toList();
        if (names.size() > 1) {
            throw new InvalidElectionConfigException(
                    names.stream()
                            .filter(each -> Objects.requireNonNull(
                                                    properties.getInstances().get(each))
                                            .getKey()
                                    != null)
                            .map(each -> property(each, "key"))
                            .collect(Collectors.joining(", ")),
                    "the elections " + names + " share the key '" + key + "'",
                    "Give each a key of its own.");
        }
    }

    /** Two applications without a name would share an election. */
    private String common() {
        String key = properties.getKey();
        if (key != null && key.isBlank()) {
            throw new InvalidElectionConfigException("election.key", "is blank", "Give it a value.");
        }
        if (key != null) {
            return key;
        }
        String application = environment.getProperty(APPLICATION);
        if (!StringUtils.hasText(application)) {
            throw new InvalidElectionConfigException(
                    "election.key",
                    "neither it nor spring.application.name is set, and all applications without a name would share"
                            + " one election",
                    "Set spring.application.name, from which the key is made, or the key itself.");
        }
        return "/election/" + application;
    }

    private <T> T setting(String name, Function<ElectionInstanceProperties, @Nullable T> setting, T otherwise) {
        ElectionInstanceProperties instance = properties.getInstances().get(name);
        T own = instance == null ? null : setting.apply(instance);
        T common = own == null ? setting.apply(properties) : own;
        return common == null ? otherwise : common;
    }

    private String scheme() {
        boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && TLS.stream().anyMatch(each -> StringUtils.hasText(environment.getProperty(each)));
        return tls ? "https" : "http";
    }

    /** What the server is bound to, unless that is every address: nobody can be reached there. */
    private String host() {
        String bound = environment.getProperty("server.address");
        try {
            InetAddress address = StringUtils.hasText(bound) ? InetAddress.getByName(bound) : null;
            return address == null || address.isAnyLocalAddress()
                    ? InetAddress.getLocalHost().getHostName()
                    : inUrl(Objects.requireNonNull(bound), address);
        } catch (UnknownHostException nameless) {
            return bound != null && StringUtils.hasText(bound) ? bound : "localhost";
        }
    }

    private static String inUrl(String bound, InetAddress address) {
        return address instanceof Inet6Address && bound.contains(":") && !bound.startsWith("[")
                ? "[" + bound + "]"
                : bound;
    }
}
