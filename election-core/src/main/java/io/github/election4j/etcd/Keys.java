package io.github.election4j.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import java.nio.charset.StandardCharsets;

/** Keys as etcd has them, with the namespace, and as the engine knows them, without; jetcd's own leaks. */
record Keys(String namespace) {
    ByteSequence bytes(String key) {
        return text(namespace + key);
    }

    String name(ByteSequence key) {
        return key.toString(StandardCharsets.UTF_8).substring(namespace.length());
    }

    io.github.election4j.spi.KeyValue keyValue(KeyValue found) {
        return new io.github.election4j.spi.KeyValue(
                name(found.getKey()),
                found.getValue().toString(StandardCharsets.UTF_8),
                found.getCreateRevision(),
                found.getModRevision(),
                found.getLease());
    }

    static ByteSequence text(String value) {
        return ByteSequence.from(value, StandardCharsets.UTF_8);
    }
}
