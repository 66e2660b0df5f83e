package io.github.election4j.benchmarks;

import io.github.election4j.benchmarks.peer.Contestant;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A leader gives up until another one leads. */
public final class HandOver {
    private static final long POLL_NANOS = 20_000;
    /** Whoever still leads then has led again too soon for its giving up to be seen. */
    private static final long UNSEEN_NANOS = 1_000_000_000;

    private HandOver() {}

    /**
     * {@return the time from the leader's giving up until another one leads, in nanoseconds}
     *
     * <p>Where nobody queues up, the leader may lead again at once; then it gives up again.
     *
     * @param leader gives up
     * @param otherLeads whether another one leads
     * @param limit after which an exception says that nobody else leads
     */
    public static long measure(Contestant leader, BooleanSupplier otherLeads, Duration limit) {
        long began = System.nanoTime();
        long asked = began;
        boolean gaveUp = false;
        leader.handOver();
        while (!otherLeads.getAsBoolean()) {
            LockSupport.parkNanos(POLL_NANOS);
            gaveUp |= !leader.isLeader();
            long now = System.nanoTime();
            if (leader.isLeader() && (gaveUp || now - asked > UNSEEN_NANOS)) {
                gaveUp = false;
                asked = now;
                leader.handOver();
            }
            if (now - began > limit.toNanos()) {
                throw new IllegalStateException("Nobody else leads within " + limit.toSeconds() + " s");
            }
        }
        return System.nanoTime() - began;
    }
}
