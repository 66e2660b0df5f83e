package io.github.election4j.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.WatchOption;

/** Watches of jetcd, a stream for each: of a client that was not built here. */
final class JetcdWatches implements EtcdWatches {
    private final Client client;

    JetcdWatches(Client client) {
        this.client = client;
    }

    @Override
    public Runnable watch(ByteSequence from, ByteSequence to, long fromRevision, Observer observer) {
        WatchOption.Builder option = WatchOption.builder()
                .withRevision(fromRevision)
                .withCreateNotify(true)
                .withRequireLeader(true);
        if (!to.isEmpty()) {
            option.withRange(to);
        }
        JetcdWatch watch = new JetcdWatch(fromRevision, observer);
        try {
            watch.opened(client.getWatchClient().watch(from, option.build(), watch));
        } catch (RuntimeException closed) {
            watch.onError(closed);
        }
        return watch::close;
    }
}
