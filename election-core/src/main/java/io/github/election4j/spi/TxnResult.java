package io.github.election4j.spi;

import java.util.List;

/**
 * What a committed transaction did.
 *
 * @param succeeded whether its comparisons held
 * @param revision the revision of the store just after it
 * @param ops one result for each operation of the branch that was taken, in order
 * @param cluster identifies the store: another one has another history
 * @since 0.1.0
 */
public record TxnResult(boolean succeeded, long revision, List<OpResult> ops, long cluster) {
    /**
     * Creates a result; the list is copied.
     *
     * @param succeeded see {@link #succeeded()}
     * @param revision see {@link #revision()}
     * @param ops see {@link #ops()}
     * @param cluster see {@link #cluster()}
     */
    public TxnResult {
        ops = List.copyOf(ops);
    }

    /** The result of one operation. */
    public sealed interface OpResult {}

    /**
     * What a {@link Txn.Get} or a {@link Txn.Range} found, or a {@link Txn.Swap} replaced; empty for a put or delete.
     *
     * @param keyValues what was found
     */
    public record Found(List<KeyValue> keyValues) implements OpResult {
        /**
         * Creates a result; the list is copied.
         *
         * @param keyValues see {@link #keyValues()}
         */
        public Found {
            keyValues = List.copyOf(keyValues);
        }
    }

    /**
     * The result of a {@link Txn.Nested} transaction.
     *
     * @param result its result
     */
    public record Inner(TxnResult result) implements OpResult {}
}
