package io.github.election4j.benchmarks.peer;

import io.github.election4j.benchmarks.store.Kind;
import java.time.Duration;

/** A library that elects leaders, used as its documentation says. */
public interface Peer {
    /** {@return what tables call it} */
    String name();

    /** {@return the version of the library} */
    String version();

    /** {@return what it coordinates through} */
    Kind store();

    /** {@return whether it works on a kind of store that takes the place of its own} */
    default boolean worksOn(Kind kind) {
        return true;
    }

    /**
     * Connects a member's process.
     *
     * @param address of the store
     * @param lease how long a dead process keeps what it holds
     * @return a connection; the caller closes it
     * @throws Exception if the library cannot
     */
    Connection connect(String address, Duration lease) throws Exception;
}
