package io.github.election4j.internal.machine;

/**
 * Marks a request, and returns with its reply.
 *
 * @param purpose what the request is for
 * @param number which request of that purpose
 */
public record RequestId(Purpose purpose, long number) {
    /** What a request is for. */
    public enum Purpose {
        /** Enters the queue (P2). */
        ENTER("enter"),
        /** Deletes an own key that must not be adopted (P2). */
        REMOVE("enter"),
        /** Asks whether an entry of unknown outcome took effect, where none is wanted any more (P2). */
        ASK("enter"),
        /** Reads the queue and the mark (P3). */
        READ("watch"),
        /** Reads a beat of the past (P7). */
        PAST("watch"),
        /** Writes a mark that is missing or too small, or words that are owed (P7). */
        MARK("mark"),
        /** Gives up the own place with a word (P8). */
        RETIRE("release"),
        /** Deletes the key of a leader that has fallen silent (P12). */
        TAKE_OVER("take-over"),
        /** Answers an order. */
        ANSWER("order"),
        /** Writes a term into the journal. */
        JOURNAL("journal");

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
