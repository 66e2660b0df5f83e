package io.github.election4j.spring.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.autoconfigure.DisabledElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.work.LeaderOnlyAutoConfiguration;
import io.github.election4j.spring.autoconfigure.work.LeaderOnlyLifecycleAutoConfiguration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Scope;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.test.util.ReflectionTestUtils;

/** On a member that never leads. */
class LeaderOnlyLifecyclesTests {
    private static final String NAME = "lifecycleProcessor";

    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DisabledElectionAutoConfiguration.class,
                    LeaderOnlyAutoConfiguration.class,
                    LeaderOnlyLifecycleAutoConfiguration.class,
                    LifecycleAutoConfiguration.class))
            .withBean("journal", List.class, () -> journal)
            .withPropertyValues("election.enabled=false", "spring.application.name=shop");

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void theContextStartsNoneOfThem(String lazy) {
        runner.withUserConfiguration(Beans.class)
                .withPropertyValues("spring.main.lazy-initialization=" + lazy)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getSourceApplicationContext().start();
                    context.getSourceApplicationContext().restart();
                    assertThat(journal)
                            .containsOnly("ordinary starts", "ordinary stopped")
                            .startsWith("ordinary starts");
                });
    }

    @Test
    void allStartWithTheContextWhereTheAnnotationIsSwitchedOff() {
        runner.withUserConfiguration(Beans.class)
                .withPropertyValues("election.leader-only.enabled=false")
                .run(context -> assertThat(journal)
                        .containsExactlyInAnyOrder("ordinary starts", "by method starts", "by class starts"));
    }

    @Test
    void theProcessorHasTheSettingsOfSpringBoot() {
        runner.run(context -> assertThat(timeout(context.getBean(NAME))).isEqualTo(30_000L));
        runner.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=7s")
                .run(context -> assertThat(timeout(context.getBean(NAME))).isEqualTo(7_000L));
    }

    private static @Nullable Object timeout(Object processor) {
        return ReflectionTestUtils.getField(processor, DefaultLifecycleProcessor.class, "timeoutPerShutdownPhase");
    }

    @Test
    void aProcessorOfTheUserWouldStartThem() {
        runner.withBean(NAME, DefaultLifecycleProcessor.class)
                .run(context -> assertThat(context).hasNotFailed());
        refuses(
                runner.withBean(NAME, DefaultLifecycleProcessor.class).withUserConfiguration(Beans.class),
                "LeaderAwareLifecycleProcessor");
        runner.withBean(NAME, LifecycleProcessor.class, LeaderAwareLifecycleProcessor::new)
                .withUserConfiguration(Beans.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(classes = {NoLifecycle.class, NoLifecycleByMethod.class, NoLifecycleConfiguration.class})
    void refusesWhatCannotBeStarted(Class<?> configuration) {
        refuses(runner.withUserConfiguration(configuration), "put it on the methods");
    }

    @Test
    void refusesWhatThereMayBeAnyNumberOf() {
        refuses(runner.withUserConfiguration(Prototype.class), "singleton");
    }

    @Test
    void refusesWhatIsOfMethodsOnly() {
        refuses(runner.withUserConfiguration(Rejecting.class), "Leave them out");
        refuses(runner.withUserConfiguration(Interrupting.class), "Leave them out");
    }

    @Test
    void refusesAnElectionThatIsNotThere() {
        refuses(runner.withUserConfiguration(OfAnother.class), "there is no election 'other'");
    }

    /** A method that only the leader calls says nothing of the bean. */
    @Test
    void aMethodOfALifecycleBeanIsAnotherThing() {
        runner.withUserConfiguration(WithMethod.class)
                .run(context -> assertThat(journal).containsExactly("with method starts"));
    }

    private static void refuses(ApplicationContextRunner application, String says) {
        application.run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(InvalidLeaderOnlyException.class)
                .hasMessageContaining(says));
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        @LeaderOnly
        SmartLifecycle byMethod(List<String> journal) {
            return new RecordedLifecycle("by method", 1, journal);
        }

        @Bean
        SmartLifecycle byClass(List<String> journal) {
            return new OrderImport(journal);
        }

        /** What it depends on would start before it. */
        @Bean
        @DependsOn({"byMethod", "byClass"})
        SmartLifecycle ordinary(List<String> journal) {
            return new RecordedLifecycle("ordinary", 0, journal);
        }
    }

    @LeaderOnly
    static class NoLifecycle {}

    @Configuration(proxyBeanMethods = false)
    static class NoLifecycleByMethod {
        @Bean
        @LeaderOnly
        StringBuilder text() {
            return new StringBuilder();
        }
    }

    @LeaderOnly
    @Configuration(proxyBeanMethods = false)
    static class NoLifecycleConfiguration {}

    @Configuration(proxyBeanMethods = false)
    static class Prototype {
        @Bean
        @LeaderOnly
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        SmartLifecycle many(List<String> journal) {
            return new RecordedLifecycle("many", 0, journal);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Rejecting {
        @Bean
        @LeaderOnly(onFollower = LeaderOnly.OnFollower.REJECT)
        SmartLifecycle rejecting(List<String> journal) {
            return new RecordedLifecycle("rejecting", 0, journal);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Interrupting {
        @Bean
        @LeaderOnly(interruptOnLoss = true)
        SmartLifecycle interrupting(List<String> journal) {
            return new RecordedLifecycle("interrupting", 0, journal);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OfAnother {
        @Bean
        @LeaderOnly("other")
        SmartLifecycle ofAnother(List<String> journal) {
            return new RecordedLifecycle("of another", 0, journal);
        }
    }

    static class WithMethod extends RecordedLifecycle {
        WithMethod(List<String> journal) {
            super("with method", 0, journal);
        }

        @LeaderOnly
        public void work() {}
    }
}
