package io.github.election4j.spring.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import io.github.election4j.spring.autoconfigure.health.ElectionHealthAutoConfiguration;
import io.github.election4j.testing.FreePort;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Nothing is joined, so that nothing can fail meanwhile. */
class ElectionHealthIndicatorTests {
    private static final String NOWHERE = "http://127.0.0.1:" + FreePort.find();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ElectionAutoConfiguration.class, ElectionHealthAutoConfiguration.class))
            .withPropertyValues("spring.application.name=shop", "election.auto-startup=false");

    @Test
    void noNameOfAnElectionHidesAnotherDetail() {
        runner.withBean(EtcdConnectionDetails.class, Noticed::new)
                .withPropertyValues(
                        "election.instances.session.evicted=true",
                        "election.instances.notice.evicted=true",
                        "election.instances.elections.evicted=true")
                .run(context -> {
                    Health health =
                            context.getBean(ElectionHealthIndicator.class).health();
                    assertThat(health.getDetails())
                            .containsEntry("session", "CONNECTING")
                            .containsEntry("notice", "not for production")
                            .containsOnlyKeys("session", "notice", "elections");
                    assertThat(health.getDetails().get("elections"))
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .containsOnlyKeys("session", "notice", "elections")
                            .allSatisfy((name, details) -> assertThat(details)
                                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                                    .containsEntry("state", "STARTING")
                                    .containsEntry("evicted", true));
                });
    }

    private static final class Noticed implements EtcdConnectionDetails {
        @Override
        public List<String> getEndpoints() {
            return List.of(NOWHERE);
        }

        @Override
        public @Nullable String getNotice() {
            return "not for production";
        }
    }
}
