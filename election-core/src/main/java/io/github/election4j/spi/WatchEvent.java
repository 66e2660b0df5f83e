package io.github.election4j.spi;

/**
 * A change of one key, in the order of revisions.
 *
 * @since 0.1.0
 */
public sealed interface WatchEvent {
    /** {@return the key} */
    String key();

    /** {@return the revision of the change} */
    long revision();

    /**
     * A key was written.
     *
     * @param keyValue the key as it is after the write
     */
    record Put(KeyValue keyValue) implements WatchEvent {
        @Override
        public String key() {
            return keyValue.key();
        }

        @Override
        public long revision() {
            return keyValue.modRevision();
        }
    }

    /**
     * A key was deleted or its lease ended.
     *
     * @param key the key
     * @param revision the revision of the deletion
     */
    record Deleted(String key, long revision) implements WatchEvent {}
}
