package io.github.election4j.embedded.internal.model;

import io.etcd.jetcd.api.WatchResponse;
import java.util.ArrayList;
import java.util.List;

/** What streams of watchers have to send. */
final class WatchStreams {
    private WatchStreams() {}

    /** All of it, in order. */
    static List<WatchResponse> all(WatchStream stream) {
        List<WatchResponse> polled = new ArrayList<>();
        for (WatchResponse next = stream.poll(); next != null; next = stream.poll()) {
            polled.add(next);
        }
        return polled;
    }
}
