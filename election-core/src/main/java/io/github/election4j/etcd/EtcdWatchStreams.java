package io.github.election4j.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.api.WatchGrpc.WatchStub;
import io.etcd.jetcd.support.Util;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches that share a stream, whatever their number; a watch of jetcd has one for itself. A stream that ends takes its
 * watches with it, and the next watch opens another one.
 *
 * <p>A stream fails at once where etcd cannot be reached. It does not wait for a connection, as jetcd's do: whoever
 * watches reads first, and finds out there when etcd is back.
 */
final class EtcdWatchStreams implements EtcdWatches {
    private final Supplier<WatchStub> stubs;
    private final ByteSequence namespace;
    private @Nullable EtcdWatchStream stream;

    /**
     * Opens nothing yet.
     *
     * @param stubs asked for each stream
     * @param namespace what each key begins with in etcd, unseen by who watches
     */
    EtcdWatchStreams(Supplier<WatchStub> stubs, ByteSequence namespace) {
        this.stubs = stubs;
        this.namespace = namespace;
    }

    @Override
    public Runnable watch(ByteSequence from, ByteSequence to, long fromRevision, Observer observer) {
        StreamWatcher watcher = new StreamWatcher(WatchedRange.of(from, to, namespace), fromRevision, observer);
        try {
            add(watcher);
        } catch (RuntimeException unusable) {
            watcher.end(EtcdErrors.normalise(unusable));
        }
        return watcher::close;
    }

    private synchronized void add(StreamWatcher watcher) {
        EtcdWatchStream present = stream;
        if (present == null || !present.add(watcher)) {
            EtcdWatchStream next = new EtcdWatchStream();
            next.add(watcher);
            next.open(Util.applyRequireLeader(true, stubs.get()));
            stream = next;
        }
    }
}
