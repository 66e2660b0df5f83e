package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionException;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the connections of a session when somebody asks for it, and after a long outage (P11). At most one
 * replacement is under way: what it was built of may be older than a wish that comes meanwhile, so that one more
 * follows, for all such wishes together. No wish waits for one after an outage, which may be long and hopeless. A wish
 * that fails is tried again (L2). Confined to the loop.
 */
final class Reconnecting {
    static final String OPERATION = "reconnect";
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Reconnecting.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final int LARGEST_SHIFT = 6;

    private final Environment environment;
    private final SessionSettings settings;
    private final SessionLoop session;
    private final Alarm again;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private final List<CompletableFuture<Void>> served = new ArrayList<>();
    private @Nullable CompletableFuture<Void> underWay;
    private boolean underWayAfterOutage;
    private boolean outageGoesOn;
    private boolean ended;
    private int failures;

    Reconnecting(Environment environment, SessionSettings settings, SessionLoop session) {
        this.environment = environment;
        this.settings = settings;
        this.session = session;
        this.again = new Alarm(environment, () -> SessionLoop.guarded(this::replaceAtAWish));
    }

    static ElectionException closed() {
        return new ElectionException(
                ElectionException.Kind.CLOSED, "The connections are not replaced: the session is closed", null);
    }

    void ask(CompletableFuture<Void> asked) {
        if (ended) {
            asked.completeExceptionally(closed());
        } else {
            waiting.add(asked);
            if (underWayAfterOutage) {
                cancel();
            }
            replaceAtAWish();
        }
    }

    /** Tries until the next time that the outage is found to be long, so that it notices its end at once. */
    void afterOutage() {
        if (underWay == null) {
            replace(Duration.ofNanos(settings.timing().outageNanos()), true);
        } else {
            outageGoesOn = true;
        }
    }

    void end() {
        ended = true;
        again.set(OptionalLong.empty());
        cancel();
        served.addAll(waiting);
        waiting.clear();
        answer(asked -> asked.completeExceptionally(closed()));
    }

    /** One that has succeeded is told of, and then is not under way any more. */
    private void cancel() {
        if (underWay != null && underWay.cancel(false)) {
            underWay = null;
            underWayAfterOutage = false;
        }
    }

    private void replaceAtAWish() {
        replace(settings.connectTimeout().plus(settings.requestTimeout()), false);
    }

    private void replace(Duration limit, boolean afterOutage) {
        if (underWay == null && !ended) {
            again.set(OptionalLong.empty());
            served.addAll(waiting);
            waiting.clear();
            CompletableFuture<Void> replacement = attempt(limit);
            underWay = replacement;
            underWayAfterOutage = afterOutage;
            outageGoesOn = false;
            replacement.whenComplete((done, failure) -> session.post(() -> replaced(replacement, failure)));
        }
    }

    private CompletableFuture<Void> attempt(Duration limit) {
        try {
            return environment.store().reconnect(limit);
        } catch (RuntimeException | Error failed) { // No thread, for one; it is a failure like another.
            return CompletableFuture.failedFuture(failed);
        }
    }

    private void replaced(CompletableFuture<Void> replacement, @Nullable Throwable failure) {
        if (ended || underWay != replacement) {
            return; // Nobody waits for one that was cancelled.
        }
        underWay = null;
        underWayAfterOutage = false;
        if (failure == null) {
            succeeded();
        } else {
            failed(Failures.of(failure));
        }
        if (!waiting.isEmpty()) {
            replaceAtAWish();
        } else if (outageGoesOn) {
            afterOutage();
        }
    }

    private void succeeded() {
        failures = 0;
        outageGoesOn = false;
        session.connectionsReplaced();
        session.recovered(OPERATION);
        answer(asked -> asked.complete(null));
    }

    private void failed(StoreException failure) {
        if (served.isEmpty() && failures == 0) {
            log.warn("Session: the connections in use are kept: {}", failure.reason());
            return; // After an outage, which is told already, and goes on being told.
        }
        failures++;
        session.report(OPERATION, "the connections in use are kept: " + failure.reason(), failures);
        again.set(OptionalLong.of(environment.ticker().nanos() + pauseNanos()));
        answer(asked -> asked.completeExceptionally(new ElectionException(
                ElectionException.Kind.STORE,
                "The connections in use are kept, and replacing them is tried again: " + failure.reason(),
                failure)));
    }

    /** At least half of the ceiling: each attempt costs a client. */
    private long pauseNanos() {
        long ceiling = SHORTEST_PAUSE.toNanos() << Math.min(failures - 1, LARGEST_SHIFT);
        return (long) (Math.min(ceiling, LONGEST_PAUSE.toNanos())
                * (1 + environment.random().getAsDouble())
                / 2);
    }

    private void answer(Consumer<CompletableFuture<Void>> how) {
        List<CompletableFuture<Void>> answered = List.copyOf(served);
        served.clear();
        answered.forEach(asked -> environment.listeners().execute(() -> how.accept(asked)));
    }
}
