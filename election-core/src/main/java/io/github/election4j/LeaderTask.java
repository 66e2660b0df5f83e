package io.github.election4j;

/**
 * Work that one member at a time does.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LeaderTask {
    /**
     * Works until it is done, or the term ends. Called once for each term of this member, on a thread of its own, which
     * is interrupted when the term ends; {@link Leadership#current()} is the term.
     *
     * @param term the term; guard writes by its {@linkplain Leadership#fencingToken() fencing token}, for a thread
     *     learns of the end of a term only when it looks
     * @throws Exception if it cannot work: the member resigns, and when it leads again waits before the next attempt
     */
    void run(Leadership term) throws Exception;
}
