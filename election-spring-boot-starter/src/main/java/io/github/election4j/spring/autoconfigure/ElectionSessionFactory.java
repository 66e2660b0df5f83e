package io.github.election4j.spring.autoconfigure;

import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.spi.EngineObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * Builds sessions as the properties say, one each time it is asked. What cannot be used is refused when the factory is
 * created, and not when a session is wanted.
 *
 * <p>Connection details that somebody defined win. Otherwise a client of the application's is used, and refused where
 * the properties say where etcd is, too. Otherwise the properties are.
 */
final class ElectionSessionFactory {
    /** The settings, by the names of the engine, that are taken from connection details. */
    private static final Set<String> OF_DETAILS = Set.of("endpoints", "user", "user, password");

    private final ElectionProperties properties;
    private final EtcdConnectionDetails details;
    private final EtcdClientFactory clients;
    private final Supplier<UserClient> userClient;
    private final EngineObserver observer;

    ElectionSessionFactory(
            ElectionProperties properties,
            EtcdConnectionDetails details,
            EtcdClientFactory clients,
            Supplier<UserClient> userClient,
            EngineObserver observer) {
        this.properties = properties;
        this.details = details;
        this.clients = clients;
        this.userClient = userClient;
        this.observer = observer;
        validate();
    }

    private void validate() {
        try {
            builder().validate();
        } catch (InvalidElectionConfigException invalid) {
            boolean ofTheDetails = !areOfTheProperties() && OF_DETAILS.contains(invalid.setting());
            throw ofTheDetails ? blaming(details, invalid) : invalid;
        }
    }

    /** Whoever reads of a property would look for it in vain. */
    private static InvalidElectionConfigException blaming(
            EtcdConnectionDetails details, InvalidElectionConfigException invalid) {
        return new InvalidElectionConfigException(
                "EtcdConnectionDetails from " + details.getClass().getName(),
                invalid.setting() + ": " + invalid.found(),
                invalid.action());
    }

    /** {@return a new session, which the caller closes} */
    Elections create() {
        return builder().build();
    }

    /**
     * {@return the name of the SSL bundle that the properties say, null for none, or if they do not say where etcd is}
     */
    @Nullable
    String sslBundle() {
        String bundle = properties.getEtcd().getSsl().getBundle();
        return areOfTheProperties() && bundle != null && !bundle.isBlank() ? bundle : null;
    }

    private EtcdElections builder() {
        ElectionProperties.Etcd etcd = properties.getEtcd();
        EtcdElections builder = EtcdElections.builder()
                .namespace(etcd.getNamespace())
                .leaseDuration(properties.getLeaseDuration())
                .failOver(properties.getFailOver())
                .lockFile(properties.getLockFile())
                .connectTimeout(etcd.getConnectTimeout())
                .observer(observer);
        if (etcd.getRequestTimeout() != null) {
            builder.requestTimeout(etcd.getRequestTimeout());
        }
        if (areOfTheProperties()) {
            UserClient user = userClient.get();
            if (user.isPresent()) {
                return builder.client(user.require(whereEtcdIs()));
            }
        }
        return builder.endpoints(details.getEndpoints())
                .credentials(details.getUser(), details.getPassword())
                .clientCustomizer(clients::customize);
    }

    private boolean areOfTheProperties() {
        return PropertiesEtcdConnectionDetails.class.isAssignableFrom(AopUtils.getTargetClass(details));
    }

    /** What is set, and a client brings itself. */
    private List<String> whereEtcdIs() {
        ElectionProperties.Etcd etcd = properties.getEtcd();
        List<String> set = new ArrayList<>();
        if (etcd.getEndpoints() != null) {
            set.add("endpoints");
        }
        if (etcd.getUser() != null) {
            set.add("user");
        }
        if (etcd.getPassword() != null) {
            set.add("password");
        }
        if (etcd.getSsl().getBundle() != null) {
            set.add("sslBundle");
        }
        return set;
    }
}
