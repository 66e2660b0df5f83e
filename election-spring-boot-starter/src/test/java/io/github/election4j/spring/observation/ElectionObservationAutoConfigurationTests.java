package io.github.election4j.spring.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.spring.ElectionObservations;
import io.github.election4j.spring.autoconfigure.DisabledElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.observation.ElectionObservationAutoConfiguration;
import io.github.election4j.testing.FreePort;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ElectionObservationAutoConfigurationTests {
    private static final ElectionError ERROR = new ElectionError("default", "watch", "no answer", Instant.EPOCH);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ElectionAutoConfiguration.class,
                    DisabledElectionAutoConfiguration.class,
                    ElectionObservationAutoConfiguration.class))
            .withPropertyValues(
                    "spring.application.name=shop", "election.etcd.endpoints=http://127.0.0.1:" + FreePort.find());
    private final ApplicationContextRunner observed =
            runner.withBean(TestObservationRegistry.class, TestObservationRegistry::create);

    @Test
    void observesWhereThereIsARegistry() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ElectionObservations.class));
        runner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
                .run(context -> assertThat(context).hasSingleBean(ElectionObservations.class));
        observed.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ElectionObservations.class));
        observed.withPropertyValues("election.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ElectionObservations.class));
    }

    @Test
    void aBeanOfTheUserIsTheConvention() {
        observed.withBean(TeamConvention.class).run(context -> {
            context.getBean(ElectionObservations.class).deliver(event -> {}, ERROR);

            TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
                    .hasSingleObservationThat()
                    .hasLowCardinalityKeyValue("team", "reports")
                    .hasLowCardinalityKeyValue("election", "default");
        });
    }

    @Test
    void canBeSwitchedOffByName() {
        observed.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
                .withPropertyValues("management.observations.enable.election=false")
                .run(context -> {
                    context.getBean(ElectionObservations.class).deliver(event -> {}, ERROR);

                    TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
                            .doesNotHaveAnyObservation();
                });
    }
}
