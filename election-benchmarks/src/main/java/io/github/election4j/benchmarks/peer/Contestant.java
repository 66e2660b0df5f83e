package io.github.election4j.benchmarks.peer;

/** One member's part in one election. */
public interface Contestant {
    /** What {@link #queued} says of a library whose members do not queue up. */
    int NO_QUEUE = Integer.MAX_VALUE;

    /** {@return whether it leads, as an application would ask} */
    boolean isLeader();

    /** Gives up leading and takes part again, behind everybody else. Returns at once. */
    void handOver();

    /**
     * {@return how many stand in the queue, the leader among them, or {@link #NO_QUEUE}}
     *
     * @throws Exception if the library cannot tell
     */
    int queued() throws Exception;

    /**
     * {@return who stands first in the queue, as the store shows it}
     *
     * @throws Exception if the library cannot tell
     */
    String first() throws Exception;
}
