package io.github.election4j.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.SessionStatus;
import io.github.election4j.spring.LeaderChangedEvent;
import io.github.election4j.spring.LeadershipGrantedEvent;
import io.github.election4j.spring.LeadershipRevokedEvent;
import io.github.election4j.spring.ManagedElection;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** A bean of it takes the place of those that the starter would make; nothing speaks to an etcd. */
class ControllableElectionInSpringTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ElectionAutoConfiguration.class))
            .withUserConfiguration(WithControllableElection.class);

    @Test
    void takesThePlaceOfTheElectionsOfTheStarter() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(Election.class).doesNotHaveBean(ManagedElection.class);
            assertThat(context.getBean(Election.class)).isInstanceOf(ControllableElection.class);
            assertThat(context.getBean(Elections.class).session().state()).isEqualTo(SessionStatus.State.CONNECTING);
        });
    }

    @Test
    void causesApplicationEventsBeforeItsCallsReturn() {
        runner.run(context -> {
            ControllableElection election = context.getBean(ControllableElection.class);
            List<LeaderChangedEvent> heard = context.getBean(WithControllableElection.class).heard;

            election.grant();
            assertThat(heard).singleElement().isInstanceOf(LeadershipGrantedEvent.class);

            election.revoke();
            assertThat(heard).hasSize(2).last().isInstanceOf(LeadershipRevokedEvent.class);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class WithControllableElection {
        private final List<LeaderChangedEvent> heard = new ArrayList<>();

        @Bean
        ControllableElection election() {
            return new ControllableElection();
        }

        @EventListener(LeaderChangedEvent.class)
        void changed(LeaderChangedEvent event) {
            heard.add(event);
        }
    }
}
