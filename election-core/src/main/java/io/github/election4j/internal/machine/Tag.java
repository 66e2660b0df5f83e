package io.github.election4j.internal.machine;

/**
 * Marks a request, and returns with its reply.
 *
 * @param purpose what the request is for
 * @param generation which request of that purpose
 */
public record Tag(Purpose purpose, long generation) {
    /** What a request is for. */
    public enum Purpose {
        /** Reads the queue and the mark (P3, P7). */
        READ_QUEUE("watch"),
        /** Enters the queue (P2). */
        ENTER("enter"),
        /** Asks whether an enter of unknown outcome took effect. */
        ASK("enter"),
        /** Proves that the key still exists (P4). */
        HEARTBEAT("heartbeat"),
        /** Tells the others that this member has stopped (P8). */
        RELEASE("release"),
        /** Deletes the key (P8). */
        DELETE("release"),
        /** Reads the mark before it is removed (P7). */
        READ_MARK("mark"),
        /** Removes the mark (P7). */
        REMOVE_MARK("mark");

        private final String operation;

        Purpose(String operation) {
            this.operation = operation;
        }

        /** {@return the name under which a failure is reported} */
        public String operation() {
            return operation;
        }
    }
}
