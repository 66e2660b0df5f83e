package io.github.election4j.internal.runtime;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** P4: says how much time beats have to spare, and warns, ever more seldom, when it gets thin. Confined to the loop. */
final class Headrooms {
    private static final Logger log = LoggerFactory.getLogger(Headrooms.class);
    private static final double THIN = 0.2;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private final Environment environment;
    private long pauseNanos;
    private long warnedAt;

    Headrooms(Environment environment) {
        this.environment = environment;
    }

    void take(double least) {
        environment.observer().onHeartbeat(least);
        long now = environment.ticker().nanos();
        if (least < THIN && (pauseNanos == 0 || now - warnedAt >= pauseNanos)) {
            warnedAt = now;
            pauseNanos = pauseNanos == 0
                    ? Duration.ofMinutes(1).toNanos()
                    : Math.min(2 * pauseNanos, LONGEST_PAUSE.toNanos());
            log.warn(
                    "Session: a heartbeat was committed with only {} % of the validity left. etcd or this process is"
                            + " slow; if that is usual, raise 'fail-over' or 'lease-duration'",
                    Math.round(least * 100));
        }
    }
}
