package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.OperationOutcome;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import reactor.core.publisher.Flux;

/** Methods that only the leader runs: two members, m1 leads first. */
@NeedsEtcd
@Timeout(120)
class LeaderOnlyIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static TestEtcd etcd;

    private ConfigurableApplicationContext first;
    private ConfigurableApplicationContext second;
    private LeaderOnlyWork leading;
    private LeaderOnlyWork following;

    @BeforeAll
    static void startEtcd() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @BeforeEach
    void start(TestInfo test) {
        String key = "election.key=/only/" + test.getTestMethod().orElseThrow().getName();
        first = TestApplication.run(etcd, Application.class, "m1", key, "spring.main.web-application-type=none");
        await().atMost(LIMIT).until(election(first)::isLeader);
        second = TestApplication.run(etcd, Application.class, "m2", key, "spring.main.web-application-type=none");
        await().atMost(LIMIT).until(() -> election(second).candidates().size() == 2);
        leading = first.getBean(LeaderOnlyWork.class);
        following = second.getBean(LeaderOnlyWork.class);
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
    }

    @Test
    void isRunOnTheLeaderOnly() {
        leading.nothing();
        following.nothing();

        assertThat(leading.seen()).containsExactly(token());
        assertThat(following.seen()).isEmpty();
        assertThat(leading.optional()).contains("m1");
        assertThat(following.optional()).isEmpty();
        assertThat(leading.value()).isEqualTo("m1");
    }

    @Test
    void aFollowerThatRejectsSaysWhoLeads() {
        assertThatThrownBy(following::value)
                .isInstanceOfSatisfying(NotLeaderException.class, thrown -> {
                    assertThat(thrown.leaderId()).contains("m1");
                    assertThat(thrown.leaderAddress()).contains(election(first).address());
                    assertThat(thrown.election()).isEqualTo("default");
                })
                .hasMessage("This member does not lead election 'default': 'm1' leads, at %s; ask the leader"
                        .formatted(election(first).address()));
        assertThatThrownBy(following::later).isInstanceOf(NotLeaderException.class);
        assertThatThrownBy(() -> following.rejecting().block()).isInstanceOf(NotLeaderException.class);
    }

    @Test
    void aCallThrowsWhatTheMethodThrows() {
        assertThatThrownBy(leading::throwsChecked)
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("full");
    }

    /** S4. */
    @Test
    void anOrderedStepDownWaitsForCallsInFlight() throws Exception {
        CompletableFuture<Void> call = CompletableFuture.runAsync(leading::untilReleased);
        await().atMost(LIMIT).until(() -> leading.seen().size() == 1);

        CompletableFuture<OperationOutcome> resigned = election(first).resign();

        await().during(MOMENT)
                .atMost(LIMIT)
                .until(() -> !resigned.isDone() && !election(second).isLeader());
        leading.released().countDown();
        assertThat(resigned.get(10, TimeUnit.SECONDS)).isEqualTo(OperationOutcome.RELEASED);
        call.get(10, TimeUnit.SECONDS);
        await().atMost(LIMIT).until(election(second)::isLeader);
        leading.nothing();
        assertThat(leading.seen()).hasSize(1);
    }

    @Test
    void aFutureIsInFlightUntilItIsDone() throws Exception {
        CompletableFuture<String> answer = leading.later();

        CompletableFuture<OperationOutcome> resigned = election(first).resign();

        await().during(MOMENT).atMost(LIMIT).until(() -> !resigned.isDone());
        answer.complete("done");
        resigned.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aCallThatResignsDoesNotWaitForItself() {
        assertThat(leading.resigns()).isEqualTo(OperationOutcome.RELEASED);
        await().atMost(LIMIT).until(election(second)::isLeader);
    }

    @Test
    void isInterruptedOnLossIfItAsksForThat() throws Exception {
        CompletableFuture<Boolean> flag = CompletableFuture.supplyAsync(() -> {
            leading.interruptible();
            return Thread.currentThread().isInterrupted();
        });
        await().atMost(LIMIT).until(() -> leading.seen().size() == 1);

        election(first).resign().get(3, TimeUnit.SECONDS); // sooner than the step-down would be forced

        assertThat(flag.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(leading.seen()).hasSize(2).endsWith("interrupted");
    }

    @Test
    void publishersDecideAtSubscriptionAndAreCancelledOnLoss() throws Exception {
        Flux<Long> ofFirst = leading.ticks();
        Flux<Long> ofSecond = following.ticks();
        assertThat(ofSecond.collectList().block()).isEmpty();
        assertThat(following.one().blockOptional()).isEmpty();
        assertThat(leading.one().block()).isEqualTo("m1");
        assertThat(leading.seen()).isEmpty();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        CompletableFuture<Throwable> ofOne = new CompletableFuture<>();
        leading.never().subscribe(none -> {}, ofOne::complete);
        assertThat(leading.ticks().take(3).collectList().block()).hasSize(3);
        leading.seen().clear();
        ofFirst.subscribe(tick -> {}, ended::complete, () -> ended.complete(new IllegalStateException("complete")));

        election(first).resign().get(3, TimeUnit.SECONDS);

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(NotLeaderException.class);
        assertThat(ofOne.get(10, TimeUnit.SECONDS)).isInstanceOf(NotLeaderException.class);
        await().atMost(LIMIT).until(() -> leading.seen().size() == 2);
        assertThat(leading.seen()).containsOnly("cancelled");
        await().atMost(LIMIT).until(election(second)::isLeader);
        assertThat(ofSecond.blockFirst()).isEqualTo(0);
    }

    @Test
    void goesWithScheduledAndAsync() throws Exception {
        await().atMost(LIMIT).until(() -> leading.scheduled().size() > 3);
        assertThat(following.scheduled()).isEmpty();
        assertThat(leading.async().get(10, TimeUnit.SECONDS)).startsWith("task-");
        assertThatThrownBy(() -> following.async().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(NotLeaderException.class);
    }

    private Object token() {
        return election(first).leadership().orElseThrow().fencingToken();
    }

    private static Election election(ConfigurableApplicationContext application) {
        return application.getBean(Election.class);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableAsync
    @EnableScheduling
    @Import(LeaderOnlyWork.class)
    static class Application {}
}
