package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.Leadership;
import io.github.election4j.OperationOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does what only the leader does, in every way. A call of the accessors goes through. */
class LeaderOnlyWork {
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final List<Object> scheduled = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Election election;

    LeaderOnlyWork(Election election) {
        this.election = election;
    }

    List<Object> seen() {
        return seen;
    }

    List<Object> scheduled() {
        return scheduled;
    }

    CountDownLatch released() {
        return released;
    }

    @LeaderOnly
    void nothing() {
        seen.add(Leadership.current().fencingToken());
    }

    @LeaderOnly
    Optional<String> optional() {
        return Optional.of(election.id());
    }

    @LeaderOnly(onFollower = LeaderOnly.OnFollower.REJECT)
    String value() {
        return election.id();
    }

    @LeaderOnly(value = "default", onFollower = LeaderOnly.OnFollower.REJECT)
    CompletableFuture<String> later() {
        return new CompletableFuture<>();
    }

    @LeaderOnly
    void throwsChecked() throws java.io.IOException {
        throw new java.io.IOException("full");
    }

    @LeaderOnly
    void untilReleased() {
        seen.add("begun");
        try {
            released.await();
        } catch (InterruptedException e) {
            seen.add("interrupted");
        }
    }

    @LeaderOnly(interruptOnLoss = true)
    void interruptible() {
        seen.add("begun");
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            seen.add("interrupted");
        }
    }

    @LeaderOnly(onFollower = LeaderOnly.OnFollower.REJECT)
    OperationOutcome resigns() {
        return election.resign().orTimeout(3, TimeUnit.SECONDS).join(); // before the step-down would be forced
    }

    @LeaderOnly
    Flux<Long> ticks() {
        return Flux.interval(Duration.ofMillis(10)).doOnCancel(() -> seen.add("cancelled"));
    }

    @LeaderOnly
    Mono<String> one() {
        return Mono.fromSupplier(election::id);
    }

    @LeaderOnly
    Mono<String> never() {
        return Mono.<String>never().doOnCancel(() -> seen.add("cancelled"));
    }

    @LeaderOnly(onFollower = LeaderOnly.OnFollower.REJECT)
    Mono<String> rejecting() {
        return Mono.just(election.id());
    }

    @LeaderOnly
    @Scheduled(fixedRate = 10)
    void report() {
        scheduled.add(Leadership.current());
    }

    @Async
    @LeaderOnly(onFollower = LeaderOnly.OnFollower.REJECT)
    CompletableFuture<String> async() {
        return CompletableFuture.completedFuture(Thread.currentThread().getName());
    }
}
