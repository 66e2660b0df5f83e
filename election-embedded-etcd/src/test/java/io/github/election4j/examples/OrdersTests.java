package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.Election;
import io.github.election4j.OperationOutcome;
import io.github.election4j.embedded.testing.ControllableElection;
import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.NotLeaderException;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.work.LeaderOnlyAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OrdersTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ElectionAutoConfiguration.class, LeaderOnlyAutoConfiguration.class))
            .withBean(ControllableElection.class)
            .withBean(Orders.class);

    @Test
    void onlyTheLeaderShips() {
        runner.run(context -> {
            Orders orders = context.getBean(Orders.class);
            ControllableElection election = context.getBean(ControllableElection.class);
            orders.ship();
            assertThat(orders.last()).isEmpty();
            assertThatThrownBy(orders::count).isInstanceOf(NotLeaderException.class);

            long token = election.grant().fencingToken();
            orders.ship();
            assertThat(orders.last()).contains(token);
            assertThat(orders.count()).isEqualTo(1);

            election.revoke();
            orders.ship();
            assertThat(orders.last()).isEmpty();
        });
    }

    @Test
    @Timeout(30)
    void whoResignsWithinSuchAMethodIsNotWaitedFor() {
        runner.withBean(Tired.class).run(context -> {
            context.getBean(ControllableElection.class).grant();
            assertThat(context.getBean(Tired.class).resign()).isEqualTo(OperationOutcome.RELEASED);
        });
    }

    @Test
    void everyMemberDoesItWhereItIsDisabled() {
        runner.withPropertyValues("election.leader-only.enabled=false")
                .run(context ->
                        assertThat(context.getBean(Orders.class).count()).isZero());
    }

    static class Tired {
        private final Election election;

        Tired(Election election) {
            this.election = election;
        }

        @LeaderOnly(onFollower = LeaderOnly.OnFollower.REJECT)
        OperationOutcome resign() {
            return election.resign().join();
        }
    }
}
