package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionConfig;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.MachineSnapshot;
import io.github.election4j.internal.machine.Retry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * P10: the process before this one, of which a lock file proves that it has ended: its places are cleared, one after
 * the other, so that a restart with many elections is no burst. Confined to the loop, unless a method says else.
 */
final class Predecessor {
    /** Until the queue is known: etcd may be out of reach as a process starts. No place of a dead one stands longer. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(Predecessor.class);

    private final @Nullable LockFile file;
    private final DirectAccess direct;
    private final Environment environment;
    private final long longestPauseNanos;
    private volatile long lease;
    private int failures;
    private CompletableFuture<?> before = CompletableFuture.completedFuture(null);

    Predecessor(@Nullable LockFile file, DirectAccess direct, Environment environment, SessionSettings settings) {
        this.file = file;
        this.direct = direct;
        this.environment = environment;
        this.longestPauseNanos = settings.requestTimeout().toNanos();
    }

    /** The next process may know of this lease. Not waited for: no disk decides whether an election goes on. */
    void succeededBy(long leaseId) {
        LockFile present = file;
        lease = leaseId;
        if (present != null) {
            environment.listeners().execute(() -> present.write(() -> lease));
        }
    }

    /** Clears its place in an election as soon as the queue is known, and only if it is of the same id. */
    void clearFrom(ElectionConfig config, ElectionRunner runner) {
        LockFile present = file;
        if (present != null && present.predecessor() != 0) {
            clear(config, new ElectionKeys(config.key()).place(present.predecessor()), runner);
        }
    }

    /** Any thread. */
    void close() {
        if (file != null) {
            file.close();
        }
    }

    private void clear(ElectionConfig config, String place, ElectionRunner runner) {
        CompletableFuture<Boolean> known = new CompletableFuture<>();
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        runner.await(snapshot -> snapshot.revision() > 0, LONGEST, known);
        known.thenAccept(read -> runner.await(snapshot -> stands(config, place, snapshot), Duration.ZERO, seen));
        seen.thenAccept(there -> {
            if (there) {
                environment.loop().execute(() -> inTurn(config, place, runner));
            }
        });
    }

    private void inTurn(ElectionConfig config, String place, ElectionRunner runner) {
        before = before.handle((done, failed) -> null)
                .thenCompose(free -> direct.clearThose(
                        config, "clear the process before this one", each -> isOf(config, place, each)))
                .whenComplete((outcome, failure) -> {
                    if (failure != null) {
                        environment.loop().execute(() -> again(config, place, runner, failure));
                    } else if (outcome == OperationOutcome.CLEARED) {
                        log.info(
                                "Election '{}': cleared {}, the place of the process before this one, which has ended",
                                config.name(),
                                place);
                    }
                });
    }

    /** P11. */
    private void again(ElectionConfig config, String place, ElectionRunner runner, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        failures++;
        log.warn("{} It is tried again, after {} attempts.", cause.getMessage(), failures);
        double random = environment.random().getAsDouble();
        environment
                .loop()
                .schedule(() -> clear(config, place, runner), Retry.delayNanos(failures, longestPauseNanos, random));
    }

    private static boolean stands(ElectionConfig config, String place, MachineSnapshot snapshot) {
        return snapshot.candidates().stream().anyMatch(each -> isOf(config, place, each));
    }

    private static boolean isOf(ElectionConfig config, String place, Candidate candidate) {
        return candidate.key().equals(place) && candidate.id().equals(config.id());
    }
}
