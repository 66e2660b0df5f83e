package io.github.election4j.spring.autoconfigure;

import io.github.election4j.ElectionConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Fills in what the properties leave out; asked when an election starts, since the port of the server is known then.
 */
class ElectionConfigFactory {
    static final String DEFAULT_NAME = "default";
    private static final Duration STEP_DOWN_TIMEOUT = Duration.ofSeconds(5);

    private final ElectionProperties properties;
    private final Environment environment;
    private final String random =
            Integer.toHexString(ThreadLocalRandom.current().nextInt());

    ElectionConfigFactory(ElectionProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    boolean autoStartup(String name) {
        return setting(name, ElectionInstanceProperties::getAutoStartup, true);
    }

    ElectionConfig create(String name) {
        String port = environment.getProperty("local.server.port");
        String host = host();
        String defaultId = host + ":" + (port == null ? random : port);
        String defaultAddress = port == null ? "" : scheme() + "://" + host + ":" + port;
        return new ElectionConfig(
                name,
                key(name),
                setting(name, ElectionInstanceProperties::getId, defaultId),
                setting(name, ElectionInstanceProperties::getAddress, defaultAddress),
                setting(name, ElectionInstanceProperties::getStepDownTimeout, STEP_DOWN_TIMEOUT),
                setting(name, ElectionInstanceProperties::getEvicted, false));
    }

    /** Of several elections, each has a key of its own below the common one. */
    String key(String name) {
        ElectionInstanceProperties instance = properties.getInstances().get(name);
        String application = environment.getProperty("spring.application.name", "application");
        String common = Objects.requireNonNullElse(properties.getKey(), "/election/" + application);
        if (instance == null) {
            return common;
        }
        return Objects.requireNonNullElse(instance.getKey(), common + "/" + name);
    }

    private <T> T setting(String name, Function<ElectionInstanceProperties, @Nullable T> setting, T otherwise) {
        ElectionInstanceProperties instance = properties.getInstances().get(name);
        T own = instance == null ? null : setting.apply(instance);
        T common = own == null ? setting.apply(properties) : own;
        return common == null ? otherwise : common;
    }

    private String scheme() {
        boolean tls = StringUtils.hasText(environment.getProperty("server.ssl.bundle"))
                || StringUtils.hasText(environment.getProperty("server.ssl.key-store"))
                || StringUtils.hasText(environment.getProperty("server.ssl.certificate"));
        return tls ? "https" : "http";
    }

    private String host() {
        String bound = environment.getProperty("server.address");
        if (StringUtils.hasText(bound)) {
            return bound;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
