package io.github.election4j.benchmarks.peer;

/** What one process of an application has of a library: its client, and its session or lease. */
public interface Connection extends AutoCloseable {
    /**
     * Takes part in an election from now on.
     *
     * @param election its name
     * @param id of this member
     * @return the part it takes
     * @throws Exception if the library cannot
     */
    Contestant join(String election, String id) throws Exception;

    /** Leaves in order. */
    @Override
    void close();
}
