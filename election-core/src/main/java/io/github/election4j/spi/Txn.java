package io.github.election4j.spi;

import java.util.List;

/**
 * A transaction of the store: if every comparison holds then one list of operations, else another.
 *
 * @param compares what must hold
 * @param then what is done if it does
 * @param orElse what is done if it does not
 * @since 0.1.0
 */
public record Txn(List<Compare> compares, List<Op> then, List<Op> orElse) {
    /**
     * Creates a transaction; the lists are copied.
     *
     * @param compares see {@link #compares()}
     * @param then see {@link #then()}
     * @param orElse see {@link #orElse()}
     */
    public Txn {
        compares = List.copyOf(compares);
        then = List.copyOf(then);
        orElse = List.copyOf(orElse);
    }

    /** Compares one property of a key for equality. */
    public sealed interface Compare {
        /** {@return the key} */
        String key();

        /**
         * {@return a comparison of the create revision}
         *
         * @param key the key
         * @param revision what it must equal; 0: the key does not exist
         */
        static Compare created(String key, long revision) {
            return new CreateRevision(key, revision);
        }

        /**
         * {@return a comparison of the mod revision}
         *
         * @param key the key
         * @param revision what it must equal; 0: the key does not exist
         */
        static Compare modified(String key, long revision) {
            return new ModRevision(key, revision);
        }

        /**
         * {@return a comparison of the value; a key that does not exist has none}
         *
         * @param key the key
         * @param value what it must equal
         */
        static Compare holds(String key, String value) {
            return new Value(key, value);
        }
    }

    /**
     * Compares the create revision.
     *
     * @param key the key
     * @param revision what it must equal; 0: the key does not exist
     */
    public record CreateRevision(String key, long revision) implements Compare {}

    /**
     * Compares the revision of the last put.
     *
     * @param key the key
     * @param revision what it must equal; 0: the key does not exist
     */
    public record ModRevision(String key, long revision) implements Compare {}

    /**
     * Compares the value.
     *
     * @param key the key
     * @param value what it must equal
     */
    public record Value(String key, String value) implements Compare {}

    /** One operation. */
    public sealed interface Op {}

    /**
     * Reads a key.
     *
     * @param key the key
     * @param revision as of which revision; 0 for the present one
     */
    public record Get(String key, long revision) implements Op {
        /**
         * Reads a key as it is.
         *
         * @param key the key
         */
        public Get(String key) {
            this(key, 0);
        }
    }

    /**
     * Reads every key of a range, by create revision.
     *
     * @param keys the range
     */
    public record Range(KeyRange keys) implements Op {}

    /**
     * Writes a key.
     *
     * @param key the key
     * @param value the value
     * @param lease the lease to attach, 0 for none
     */
    public record Put(String key, String value, long lease) implements Op {}

    /**
     * Writes a key, and reads what was there before.
     *
     * @param key the key
     * @param value the value
     * @param lease the lease to attach, 0 for none
     */
    public record Swap(String key, String value, long lease) implements Op {}

    /**
     * Deletes a key.
     *
     * @param key the key
     */
    public record Delete(String key) implements Op {}

    /**
     * A transaction inside a transaction; its comparisons fail or hold for it alone.
     *
     * @param txn the inner transaction
     */
    public record Nested(Txn txn) implements Op {}
}
