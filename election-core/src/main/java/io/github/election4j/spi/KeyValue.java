package io.github.election4j.spi;

/**
 * A key as it is in the store.
 *
 * @param key the key
 * @param value the value, UTF-8 text; malformed bytes are replaced
 * @param createRevision the revision in which the key came to be
 * @param modRevision the revision of the last put
 * @param lease the lease the key is attached to, 0 for none
 * @since 0.1.0
 */
public record KeyValue(String key, String value, long createRevision, long modRevision, long lease) {}
