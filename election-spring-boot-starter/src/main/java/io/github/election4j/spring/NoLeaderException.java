package io.github.election4j.spring;

import io.github.election4j.ElectionException;

/**
 * A request could not be sent to the leader, for nobody is known to lead, or the leader does not say where it is.
 *
 * @since 0.1.0
 */
public class NoLeaderException extends ElectionException {
    private static final long serialVersionUID = 1L;

    /** The name of the election. */
    private final String election;

    /**
     * Creates an exception.
     *
     * @param election the name of the election
     * @param found what was found instead of a leader that can be reached, as a clause
     */
    public NoLeaderException(String election, String found) {
        super(Kind.NO_LEADER, "No request can be sent to the leader of election '" + election + "': " + found, null);
        this.election = election;
    }

    /** {@return the name of the election} */
    public String election() {
        return election;
    }
}
