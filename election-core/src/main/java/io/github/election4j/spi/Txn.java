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

    /** What a comparison looks at. */
    public enum Target {
        /** The create revision; 0 if the key does not exist. */
        CREATE_REVISION,
        /** The revision of the last put; 0 if the key does not exist. */
        MOD_REVISION
    }

    /**
     * Compares a revision of a key for equality.
     *
     * @param key the key
     * @param target which revision
     * @param revision what it must equal
     */
    public record Compare(String key, Target target, long revision) {
        /**
         * {@return a comparison of the create revision}
         *
         * @param key the key
         * @param revision what it must equal; 0: the key does not exist
         */
        public static Compare created(String key, long revision) {
            return new Compare(key, Target.CREATE_REVISION, revision);
        }

        /**
         * {@return a comparison of the mod revision}
         *
         * @param key the key
         * @param revision what it must equal; 0: the key does not exist
         */
        public static Compare modified(String key, long revision) {
            return new Compare(key, Target.MOD_REVISION, revision);
        }
    }

    /** One operation. */
    public sealed interface Op {}

    /**
     * Reads a key.
     *
     * @param key the key
     */
    public record Get(String key) implements Op {}

    /**
     * Reads every key of a prefix, by create revision.
     *
     * @param prefix the prefix
     */
    public record Range(String prefix) implements Op {}

    /**
     * Writes a key.
     *
     * @param key the key
     * @param value the value
     * @param lease the lease to attach, 0 for none
     */
    public record Put(String key, String value, long lease) implements Op {}

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
