package io.github.election4j.benchmarks.peer;

import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.benchmarks.store.Kind;
import io.github.election4j.etcd.EtcdElections;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This library.
 *
 * @param failOver how soon a silent leader is replaced; null: as the lease suggests
 */
record Election4jPeer(@Nullable Duration failOver) implements Peer {
    @Override
    public String name() {
        return failOver == null ? "Election4J" : "Election4J, fail-over " + failOver.toSeconds() + " s";
    }

    @Override
    public String version() {
        return Peers.version("Election4J");
    }

    @Override
    public Kind store() {
        return Kind.ETCD;
    }

    @Override
    public Connection connect(String address, Duration lease) {
        Elections elections = EtcdElections.builder()
                .endpoints(address.split(","))
                .leaseDuration(lease)
                .failOver(failOver)
                .build();
        return new OurConnection(address, elections);
    }

    private static final class OurConnection implements Connection {
        private final String address;
        private final Elections elections;
        private @Nullable Client observer;

        OurConnection(String address, Elections elections) {
            this.address = address;
            this.elections = elections;
        }

        @Override
        public Contestant join(String election, String id) {
            return new Member(
                    election,
                    elections.join(ElectionConfig.of("/" + election, id).withName(election)),
                    this::observer);
        }

        @Override
        public synchronized void close() {
            elections.close();
            if (observer != null) {
                observer.close();
            }
        }

        /** Opened by the first question only: who never asks has no second client that would be measured as ours. */
        private synchronized Client observer() {
            if (observer == null) {
                observer = Client.builder().endpoints(address.split(",")).build();
            }
            return observer;
        }
    }

    /** Where it stands is asked of etcd, for the member's own view of the queue lags behind it. */
    private record Member(String name, Election election, Supplier<Client> observer) implements Contestant {
        @Override
        public boolean isLeader() {
            return election.isLeader();
        }

        @Override
        public void handOver() {
            election.resign();
        }

        @Override
        public int queued() throws Exception {
            return EtcdQueue.size(observer.get(), name);
        }

        @Override
        public String first() throws Exception {
            return EtcdQueue.first(observer.get(), name);
        }
    }
}
