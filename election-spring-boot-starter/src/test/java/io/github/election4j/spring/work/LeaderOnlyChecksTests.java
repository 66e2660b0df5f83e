package io.github.election4j.spring.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.LeaderOnly.OnFollower;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.work.LeaderOnlyAutoConfiguration;
import java.util.Objects;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.handler.annotation.MessageMapping;
import reactor.core.publisher.Mono;

/** What is refused when the context starts, of beans of every kind. */
class LeaderOnlyChecksTests {
    private static final String ME = LeaderOnlyChecksTests.class.getName();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ElectionAutoConfiguration.class, LeaderOnlyAutoConfiguration.class))
            .withPropertyValues("spring.application.name=shop", "election.auto-startup=false");

    @Test
    void refusesMethodsThatNoProxySees() {
        refuses(PrivateMethod.class, "PrivateMethod.ship() cannot work: it is private");
        refuses(StaticMethod.class, "StaticMethod.ship(int[], Object) cannot work: it is static");
        refuses(FinalMethod.class, "FinalMethod.ship() cannot work: it is final");
        refuses(Inherits.class, "FinalMethod.ship() cannot work: it is final");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesClassesThatCannotBeExtended(boolean lazy) {
        runner.withBean(Receipt.class, () -> new Receipt(""), definition -> definition.setLazyInit(lazy))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("Receipt.print() cannot work: " + ME + "$Receipt is final"));
    }

    @Test
    void refusesWhatAFollowerCannotSkip() {
        refuses(
                Returns.class,
                "Returns.count() cannot work: it returns int, which a follower cannot skip."
                        + " Let it return void, Optional, Mono or Flux, or say onFollower = REJECT.");
        refuses(Suspends.class, "Suspends.ship(Continuation) cannot work: it is a suspend function");
        refuses(Listens.class, "Listens.order(String) cannot work: it handles messages");
    }

    @Test
    void refusesElectionsThatAreNotThere() {
        refuses(Unknown.class, "Unknown.ship() cannot work: there is no election 'billing'; there are [default]");
        runner.withPropertyValues("election.instances.a.key=/a", "election.instances.b.key=/b")
                .withBean(Fine.class)
                .run(context -> assertThat(context).getFailure().hasMessageContaining("none of [a, b] is primary"));
    }

    @Test
    void refusesCallsOnThis() {
        refuses(
                CallsItself.class,
                "CallsItself.ship() cannot work: it is called on this in " + ME
                        + "$CallsItself.all(), which no proxy sees");
    }

    @Test
    void refusesWhatIsSaidOnAnInterface() {
        refuses(Implements.class, "Implements.count() cannot work: it returns java.lang.Integer");
    }

    @ParameterizedTest
    @ValueSource(classes = {LazyBean.class, Prototype.class, Scoped.class, LazyFactory.class})
    void refusesBeansThatAreNotMadeYet(Class<?> configuration) {
        runner.withUserConfiguration(configuration)
                .run(context -> assertThat(context).getFailure().hasMessageContaining("Returns.count() cannot work"));
    }

    @Test
    void leavesWhatWorks() {
        runner.withBean(Fine.class)
                .withBean(Rejects.class)
                .withBean(FineInherits.class)
                .withUserConfiguration(Beans.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void leavesStrangeBeans() {
        runner.withBean("lambda", Job.class, () -> () -> {})
                .withBean("mock", Fine.class, () -> mock(Fine.class))
                .withBean("text", String.class, () -> "text")
                .withUserConfiguration(NoType.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void isOffWithTheRest() {
        runner.withPropertyValues("election.leader-only.enabled=false")
                .withBean(Returns.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LeaderOnlyChecks.class));
    }

    private void refuses(Class<?> bean, String message) {
        runner.withUserConfiguration(bean)
                .run(context -> assertThat(NestedExceptionUtils.getMostSpecificCause(
                                Objects.requireNonNull(context.getStartupFailure())))
                        .isInstanceOf(InvalidLeaderOnlyException.class)
                        .hasMessageStartingWith("@LeaderOnly on " + ME + "$" + message));
    }

    static class PrivateMethod {
        @LeaderOnly
        @SuppressWarnings("UnusedMethod")
        private void ship() {}
    }

    static class StaticMethod {
        @LeaderOnly
        static void ship(int[] orders, Object customer) {}
    }

    static class FinalMethod {
        @LeaderOnly
        final void ship() {}
    }

    static class Inherits extends FinalMethod {}

    record Receipt(String text) {
        @LeaderOnly
        void print() {}
    }

    static class Returns {
        @LeaderOnly
        int count() {
            return 0;
        }
    }

    static class Suspends {
        @LeaderOnly
        Object ship(Continuation<? super String> continuation) {
            return continuation;
        }
    }

    static class Listens {
        @LeaderOnly
        @MessageMapping
        void order(String order) {}
    }

    static class Unknown {
        @LeaderOnly("billing")
        void ship() {}
    }

    static class CallsItself {
        @LeaderOnly
        void ship() {}

        void all() {
            ship();
        }
    }

    interface Counter<T> {
        @LeaderOnly
        T count();
    }

    static class Implements implements Counter<Integer> {
        @Override
        public Integer count() {
            return 0;
        }
    }

    @FunctionalInterface
    interface Job {
        @LeaderOnly
        void run();
    }

    static class Fine {
        @LeaderOnly
        void ship() {}

        @LeaderOnly
        Mono<String> later() {
            return Mono.empty();
        }
    }

    static class FineInherits extends Fine {
        @Override
        void ship() {}
    }

    static class Rejects {
        @LeaderOnly(onFollower = OnFollower.REJECT)
        int count() {
            return 0;
        }

        @LeaderOnly(onFollower = OnFollower.REJECT)
        @MessageMapping
        void order(String order) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        @LeaderOnly
        static Runnable container() {
            return () -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyBean {
        @Bean
        @Lazy
        Returns returns() {
            throw new AssertionError("lazy");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototype {
        @Bean
        @Scope("prototype")
        Returns returns() {
            throw new AssertionError("a prototype");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {
        @Bean
        @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Returns returns() {
            throw new AssertionError("scoped");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyFactory {
        @Bean
        static FactoryBean<Returns> returns() {
            return new FactoryBean<>() {
                @Override
                public Returns getObject() {
                    throw new AssertionError("not asked for");
                }

                @Override
                public Class<?> getObjectType() {
                    return Returns.class;
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoType {
        @Bean
        static FactoryBean<?> unknown() {
            return new FactoryBean<Object>() {
                @Override
                public Object getObject() {
                    throw new AssertionError("not asked for");
                }

                @Override
                public Class<?> getObjectType() {
                    throw new NoClassDefFoundError("com/acme/Absent");
                }
            };
        }
    }
}
