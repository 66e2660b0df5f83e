package io.github.election4j.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.Leadership;
import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.NotLeaderException;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.work.LeaderOnlyAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** What else is around a method that only the leader runs, is within the call: a step-down waits for the commit. */
class LeaderOnlyAdviceOrderTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ElectionAutoConfiguration.class, LeaderOnlyAutoConfiguration.class))
            .withUserConfiguration(Application.class);

    @Test
    void aTransactionEndsWithinTheCall() {
        runner.run(context -> {
            long token = context.getBean(ControllableElection.class).grant().fencingToken();

            context.getBean(Orders.class).ship();

            assertThat(context.getBean(Transactions.class).seen)
                    .containsExactly("begin in " + token, "commit in " + token);
        });
    }

    @Test
    void aFollowerBeginsNoTransaction() {
        runner.run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThatThrownBy(orders::ship).isInstanceOf(NotLeaderException.class);
            assertThat(context.getBean(Transactions.class).seen).isEmpty();
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import({Orders.class, Transactions.class})
    static class Application {
        @Bean
        ControllableElection election() {
            return new ControllableElection();
        }
    }

    static class Orders {
        @Transactional
        @LeaderOnly(onFollower = LeaderOnly.OnFollower.REJECT)
        int ship() {
            return 1;
        }
    }

    static class Transactions extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1L;

        private final transient List<String> seen = new ArrayList<>();

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            seen.add("begin in " + Leadership.current().fencingToken());
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            seen.add("commit in " + Leadership.current().fencingToken());
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            seen.add("rollback");
        }
    }
}
