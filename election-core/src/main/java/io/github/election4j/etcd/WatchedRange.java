package io.github.election4j.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.etcd.jetcd.support.Util;
import io.etcd.jetcd.watch.WatchEvent;
import java.util.Comparator;
import java.util.List;

/**
 * Keys as etcd has them.
 *
 * @param from the first
 * @param to the end, itself not part of it; empty for the first alone, one zero byte for all from there on
 * @param namespace what each begins with, unseen by who watches
 */
record WatchedRange(ByteString from, ByteString to, ByteSequence namespace) {
    private static final Comparator<ByteString> ORDER = ByteString.unsignedLexicographicalComparator();
    private static final ByteString NO_END = ByteString.copyFrom(new byte[1]);

    static WatchedRange of(ByteSequence from, ByteSequence to, ByteSequence namespace) {
        ByteString end = to.isEmpty() ? ByteString.EMPTY : Util.prefixNamespaceToRangeEnd(to, namespace);
        return new WatchedRange(Util.prefixNamespace(from, namespace), end, namespace);
    }

    WatchCreateRequest.Builder request() {
        return WatchCreateRequest.newBuilder().setKey(from).setRangeEnd(to);
    }

    boolean coversAll(WatchResponse response) {
        return response.getEventsList().stream()
                .allMatch(event -> covers(event.getKv().getKey()));
    }

    private boolean covers(ByteString key) {
        if (to.isEmpty()) {
            return key.equals(from);
        }
        return ORDER.compare(key, from) >= 0 && (to.equals(NO_END) || ORDER.compare(key, to) < 0);
    }

    List<WatchEvent> events(WatchResponse response) {
        return new io.etcd.jetcd.watch.WatchResponse(response, namespace).getEvents();
    }
}
