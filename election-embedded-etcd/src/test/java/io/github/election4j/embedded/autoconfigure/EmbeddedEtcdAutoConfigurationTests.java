package io.github.election4j.embedded.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.embedded.testing.ControllableElection;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

class EmbeddedEtcdAutoConfigurationTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(EmbeddedEtcdAutoConfiguration.class, ElectionAutoConfiguration.class))
            .withPropertyValues(
                    "spring.application.name=shop",
                    "election.auto-startup=false",
                    "election.etcd.embedded.port=0",
                    // So that these tests run on one.
                    "spring.main.cloud-platform=none");

    @Test
    void hostsAnEtcdWhenNoneIsNamed() {
        runner.run(context -> {
            EtcdConnectionDetails details = context.getBean(EtcdConnectionDetails.class);
            assertThat(details).isInstanceOf(SharedEtcd.class);
            assertThat(details.getEndpoints()).singleElement().asString().startsWith("http://127.0.0.1:");
            assertThat(details.getNotice())
                    .startsWith("Hosting an embedded etcd")
                    .contains("not for production");
        });
    }

    @Test
    void joinsWhoeverHasThePort() {
        try (EmbeddedEtcd etcd = EmbeddedEtcd.start()) {
            runner.withPropertyValues("election.etcd.embedded.port=" + etcd.port())
                    .run(context -> {
                        EtcdConnectionDetails details = context.getBean(EtcdConnectionDetails.class);
                        assertThat(details.getEndpoints()).containsExactly(etcd.endpoint());
                        assertThat(details.getNotice()).startsWith("Joined the etcd");
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "cloud_foundry"})
    void isRefusedOnACloudPlatform(String platform) {
        ApplicationContextRunner there = runner.withPropertyValues("spring.main.cloud-platform=" + platform);
        there.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContainingAll(
                        "'" + platform + "'", "Set election.etcd.endpoints", "spring.main.cloud-platform=none"));
        there.withPropertyValues("election.etcd.endpoints=http://etcd:2379")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "election.etcd.endpoints=http://etcd:2379",
                "election.etcd.endpoints[0]=http://etcd:2379",
                "election.enabled=false"
            })
    void doesNothingWhenAnEtcdIsNamedOrNobodyTakesPart(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).doesNotHaveBean(SharedEtcd.class));
    }

    /** As where conditions were asked ahead of time: it would lead on an etcd of its own, beside the others. */
    @Test
    void refusesAnEtcdThatWasNotNamedWhenConditionsWereAsked() {
        Map<String, Object> late = Map.of("election.etcd.endpoints", "http://etcd:2379");
        runner.withInitializer(context -> context.addBeanFactoryPostProcessor(beans ->
                        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("late", late))))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidElectionConfigException.class)
                        .hasMessageContaining("not when this application was processed ahead of time"));
    }

    @Test
    void doesNothingBesideConnectionDetailsOrAnElectionOfTheUser() {
        runner.withBean(EtcdConnectionDetails.class, () -> () -> List.of("http://etcd:2379"))
                .run(context -> assertThat(context).doesNotHaveBean(SharedEtcd.class));
        runner.withBean(Election.class, ControllableElection::new)
                .run(context -> assertThat(context).doesNotHaveBean(SharedEtcd.class));
    }

    @Test
    void doesNothingWithoutTheStarter() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(EmbeddedEtcdAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(ElectionAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(SharedEtcd.class));
    }
}
