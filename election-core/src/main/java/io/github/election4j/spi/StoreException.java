package io.github.election4j.spi;

import org.jspecify.annotations.Nullable;

/**
 * A request of the store failed. The message is one line, without secrets.
 *
 * @since 0.1.0
 */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    private final Kind kind;
    /** One line: what was found. */
    private final String reason;

    /**
     * Creates an exception.
     *
     * @param kind what the failure means to the engine
     * @param message one line: what was found
     * @param cause the cause, if there is one
     */
    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.reason = message;
    }

    /** {@return one line: what was found} */
    public String reason() {
        return reason;
    }

    /** {@return what the failure means to the engine} */
    public Kind kind() {
        return kind;
    }

    /** What a failure means to the engine. */
    public enum Kind {
        /** The outcome is unknown: out of reach, too late, or no leader. A write may still be applied later. */
        UNAVAILABLE,
        /** The lease does not exist. */
        LEASE_NOT_FOUND,
        /** No permission for a key, or credentials refused. */
        DENIED,
        /** The revision asked for was compacted away. */
        COMPACTED,
        /** The store takes no more requests at present; nothing was applied. */
        BUSY,
        /** The store refused the request; nothing was applied (no space, too large, malformed). */
        REFUSED
    }
}
