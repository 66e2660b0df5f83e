package io.github.election4j.internal.machine;

import io.github.election4j.internal.wire.OrderValue;
import io.github.election4j.spi.KeyValue;

/**
 * An order for a member, or the answer to one, as it stands beside the queue.
 *
 * @param key its key, which names the lease of the member
 * @param revision the revision in which it was put
 * @param lease what ends it if nobody does, 0 for nothing
 * @param value what it says
 */
public record Order(String key, long revision, long lease, OrderValue value) {
    /**
     * {@return what a key says}
     *
     * @param found the key of an order
     */
    public static Order of(KeyValue found) {
        return new Order(found.key(), found.modRevision(), found.lease(), OrderValue.parse(found.value()));
    }
}
