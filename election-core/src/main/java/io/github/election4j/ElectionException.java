package io.github.election4j;

import org.jspecify.annotations.Nullable;

/**
 * An operation of an election failed; the message names the election or key, what was found and what to do.
 *
 * @since 0.1.0
 */
public class ElectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    private final Kind kind;

    /**
     * Creates an exception.
     *
     * @param kind what went wrong
     * @param message names the election or key, what was found and what to do
     * @param cause the cause, if there is one
     */
    public ElectionException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** {@return what went wrong} */
    public Kind kind() {
        return kind;
    }

    /** What went wrong. */
    public enum Kind {
        /** The caller does not lead, or no longer. */
        NOT_LEADER,
        /** Nobody is known to lead who could be reached. */
        NO_LEADER,
        /** Not possible as things are, and nothing was changed; the message says why. */
        REFUSED,
        /** The outcome was not known within the time limit; the member goes on trying. */
        TIMEOUT,
        /** etcd refused the request, or could not be reached. */
        STORE,
        /** The election is closed, or was closed before the operation took effect. */
        CLOSED,
        /** Another operation took the place of this one before it took effect. */
        SUPERSEDED
    }
}
