package io.github.election4j.spring.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties of elections.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("election")
public class ElectionProperties extends ElectionInstanceProperties {
    /** Whether to take part in elections. */
    private boolean enabled = true;

    /**
     * How long a crashed leader blocks its successor: the time to live of the lease in etcd, at least 2s. A leader is
     * valid for 0.8 of it after its last heartbeat. A number without a unit is milliseconds.
     */
    private Duration leaseDuration = Duration.ofSeconds(10);

    /**
     * How soon a leader that has fallen silent is replaced: at least 1s, at most 0.88 of the lease duration. The price
     * is heartbeats, more than four in this time. By default, 0.88 of the lease duration.
     */
    private @Nullable Duration failOver;

    /**
     * Lock file of this process alone, on a local disk of a Linux host. A process that is started again with the same
     * id clears what one that was killed has left behind, so that nobody waits for it. Made if it is not there; none by
     * default.
     */
    private @Nullable Path lockFile;

    /** Several elections by name. Without any, there is one, named 'default', with the settings above. */
    private Map<String, ElectionInstanceProperties> instances = new LinkedHashMap<>();

    /** Where etcd is and how to reach it. */
    @NestedConfigurationProperty
    private Etcd etcd = new Etcd();

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Duration getLeaseDuration() {
        return leaseDuration;
    }

    public void setLeaseDuration(Duration leaseDuration) {
        this.leaseDuration = leaseDuration;
    }

    public @Nullable Duration getFailOver() {
        return failOver;
    }

    public void setFailOver(@Nullable Duration failOver) {
        this.failOver = failOver;
    }

    public @Nullable Path getLockFile() {
        return lockFile;
    }

    public void setLockFile(@Nullable Path lockFile) {
        this.lockFile = lockFile;
    }

    public Map<String, ElectionInstanceProperties> getInstances() {
        return instances;
    }

    public void setInstances(Map<String, ElectionInstanceProperties> instances) {
        this.instances = instances;
    }

    public Etcd getEtcd() {
        return etcd;
    }

    public void setEtcd(Etcd etcd) {
        this.etcd = etcd;
    }

    /** Where etcd is and how to reach it. */
    public static class Etcd {
        /**
         * URLs of the members of etcd; 'http://localhost:2379' unless set. Not beside a bean of type
         * 'io.etcd.jetcd.Client', which says where etcd is itself.
         */
        private @Nullable List<String> endpoints;

        /** User to be for etcd. */
        private @Nullable String user;

        /** Password of the user. */
        private @Nullable String password;

        /** Prefix of every key in etcd. */
        private String namespace = "";

        /** How long one attempt to connect may take. A number without a unit is milliseconds. */
        private Duration connectTimeout = Duration.ofSeconds(2);

        /**
         * How long one request may take; below the lease duration. Unless set, 3s or half the lease duration, whichever
         * is less. A number without a unit is milliseconds.
         */
        private @Nullable Duration requestTimeout;

        private final Ssl ssl = new Ssl();

        public @Nullable List<String> getEndpoints() {
            return endpoints;
        }

        public void setEndpoints(@Nullable List<String> endpoints) {
            this.endpoints = endpoints;
        }

        public @Nullable String getUser() {
            return user;
        }

        public void setUser(@Nullable String user) {
            this.user = user;
        }

        public @Nullable String getPassword() {
            return password;
        }

        public void setPassword(@Nullable String password) {
            this.password = password;
        }

        public String getNamespace() {
            return namespace;
        }

        public void setNamespace(String namespace) {
            this.namespace = namespace;
        }

        public Duration getConnectTimeout() {
            return connectTimeout;
        }

        public void setConnectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
        }

        public @Nullable Duration getRequestTimeout() {
            return requestTimeout;
        }

        public void setRequestTimeout(@Nullable Duration requestTimeout) {
            this.requestTimeout = requestTimeout;
        }

        public Ssl getSsl() {
            return ssl;
        }
    }

    /** TLS to etcd. */
    public static class Ssl {
        /** Name of the SSL bundle to use. The endpoints must begin with https. */
        private @Nullable String bundle;

        public @Nullable String getBundle() {
            return bundle;
        }

        public void setBundle(@Nullable String bundle) {
            this.bundle = bundle;
        }
    }
}
