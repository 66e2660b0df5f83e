package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.spring.autoconfigure.metrics.ElectionMetricsAutoConfiguration;
import io.github.election4j.spring.metrics.MeteringEngineObserver;
import io.github.election4j.testing.FreePort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

class EngineObserversTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ElectionAutoConfiguration.class, ElectionMetricsAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues(
                    "spring.application.name=shop", "election.etcd.endpoints=http://127.0.0.1:" + FreePort.find());

    @Test
    void metersBesideAnObserverOfTheUser() {
        List<String> heard = new ArrayList<>();
        runner.withBean("mine", EngineObserver.class, () -> new Hearing("mine", heard))
                .run(context -> {
                    tell(context.getBean(EngineObservers.class));

                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    assertThat(registry.get("election.session.renewal")
                                    .tags("election", "default", "outcome", "success")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.get("election.listener")
                                    .tags("election", "default", "outcome", "failure")
                                    .timer()
                                    .count())
                            .isEqualTo(1);
                    assertThat(heard).containsExactly("mine renewal true", "mine default false");
                });
    }

    @Test
    void severalHearInTheirOrderThoughOneThrows() {
        runner.withUserConfiguration(Three.class).run(context -> {
            tell(context.getBean(EngineObservers.class));

            assertThat(context.getBean(Three.class).heard)
                    .containsExactly(
                            "first renewal true", "last renewal true", "first default false", "last default false");
            assertThat(context.getBean(MeterRegistry.class)
                            .get("election.listener")
                            .tag("outcome", "failure")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    /** One that it did not pass on would be lost in silence. */
    @Test
    void everythingIsPassedOn() {
        List<String> passedOn = Stream.of(
                        new EngineObservers(new StaticListableBeanFactory().getBeanProvider(EngineObserver.class))
                                .all()
                                .getClass()
                                .getDeclaredMethods())
                .map(Method::getName)
                .toList();
        assertThat(EngineObserver.class.getMethods())
                .filteredOn(method -> !Modifier.isStatic(method.getModifiers()))
                .isNotEmpty()
                .allSatisfy(method -> assertThat(passedOn).contains(method.getName()));
    }

    @Test
    void anObserverMayNeedWhatItObserves() {
        runner.withUserConfiguration(Needy.class).run(context -> {
            assertThat(context).hasNotFailed();
            tell(context.getBean(EngineObservers.class));
            assertThat(context.getBean(Needy.class).heard).contains("needy renewal true");
        });
    }

    @Test
    void givesWayToAMeteringObserverOfTheUserOnly() {
        runner.withBean("mine", Metering.class)
                .run(context ->
                        assertThat(context).getBeans(EngineObserver.class).containsOnlyKeys("mine"));
        runner.withBean("mine", EngineObserver.class, () -> EngineObserver.NONE)
                .run(context -> assertThat(context).hasSingleBean(MeteringEngineObserver.class));
    }

    private static void tell(EngineObservers observers) {
        EngineObserver all = observers.all();
        all.onRenewal(Duration.ofMillis(3), true);
        all.onListener("default", Duration.ofMillis(4), false);
    }

    private record Hearing(String name, List<String> heard) implements EngineObserver {
        @Override
        public void onRenewal(Duration took, boolean succeeded) {
            heard.add(name + " renewal " + succeeded);
        }

        @Override
        public void onListener(String election, Duration took, boolean succeeded) {
            heard.add(name + " " + election + " " + succeeded);
        }
    }

    static class Metering extends MeteringEngineObserver {
        Metering(MeterRegistry registry) {
            super(registry);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Three {
        private final List<String> heard = new ArrayList<>();

        @Bean
        @Order(3)
        EngineObserver last() {
            return new Hearing("last", heard);
        }

        @Bean
        @Order(2)
        EngineObserver broken() {
            return new EngineObserver() {
                @Override
                public void onRenewal(Duration took, boolean succeeded) {
                    throw new IllegalStateException("broken");
                }

                @Override
                public void onListener(String election, Duration took, boolean succeeded) {
                    throw new NoClassDefFoundError("broken");
                }
            };
        }

        @Bean
        @Order(1)
        EngineObserver first() {
            return new Hearing("first", heard);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Needy {
        private final List<String> heard = new ArrayList<>();

        @Bean
        EngineObserver needy(Elections session, Election election, MeterRegistry registry) {
            assertThat(List.of(session, election, registry)).doesNotContainNull();
            return new Hearing("needy", heard);
        }
    }
}
