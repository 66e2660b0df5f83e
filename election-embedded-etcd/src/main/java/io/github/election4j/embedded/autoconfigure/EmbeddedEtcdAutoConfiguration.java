package io.github.election4j.embedded.autoconfigure;

import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for an embedded etcd that the processes of one host share: unless
 * {@code election.etcd.endpoints} names another, the first of them hosts it and the others join it. Refused where a
 * cloud platform is detected, for there each instance would host its own.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ElectionAutoConfiguration.class)
@ConditionalOnClass(ElectionAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "election.enabled", matchIfMissing = true)
@Conditional(OnNoEndpoints.class)
@ConditionalOnMissingBean({Client.class, EtcdConnectionDetails.class, Elections.class, Election.class})
@EnableConfigurationProperties(EmbeddedEtcdProperties.class)
public final class EmbeddedEtcdAutoConfiguration {
    @Bean(destroyMethod = "close")
    SharedEtcd sharedEmbeddedEtcd(EmbeddedEtcdProperties properties, Environment environment) {
        refuseToReplaceConfiguredEndpoints(environment);
        refuseOn(CloudPlatform.getActive(environment));
        return SharedEtcd.hostOrJoin(properties.getPort());
    }

    /** Else each instance would lead on an etcd of its own, though it was told of the one that all share. */
    private static void refuseToReplaceConfiguredEndpoints(Environment environment) {
        if (OnNoEndpoints.configured(environment)) {
            throw new InvalidElectionConfigException(
                    "endpoints",
                    "set, but not when this application was processed ahead of time, and so it has an embedded etcd",
                    "Set it while the application is processed ahead of time as well, or leave election-embedded-etcd"
                            + " out.");
        }
    }

    /** Instances have a host each there: every one of them would lead on an etcd of its own. */
    private static void refuseOn(@Nullable CloudPlatform platform) {
        if (platform != null && platform != CloudPlatform.NONE) {
            throw new InvalidElectionConfigException(
                    "endpoints",
                    "not set, and this is the cloud platform '"
                            + platform.name().toLowerCase(Locale.ROOT)
                            + "', where each instance would have an embedded etcd of its own and be its leader",
                    "Set election.etcd.endpoints to the etcd that all instances share. If this one is alone, as in a"
                            + " test, set spring.main.cloud-platform=none.");
        }
    }
}
