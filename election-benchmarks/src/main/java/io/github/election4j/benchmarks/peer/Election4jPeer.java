package io.github.election4j.benchmarks.peer;

import io.etcd.jetcd.Client;
import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.benchmarks.store.Kind;
import io.github.election4j.etcd.EtcdElections;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This library.
 *
 * @param variant what is added to the name
 * @param failOver how soon a silent leader is replaced; null: as the lease suggests
 * @param transfers whether the leader hands over to the last in the queue, and not to the next
 */
record Election4jPeer(String variant, @Nullable Duration failOver, boolean transfers) implements Peer {
    static final Election4jPeer USUAL = new Election4jPeer("", null, false);
    static final Election4jPeer HASTY = new Election4jPeer(", fail-over 1 s", Duration.ofSeconds(1), false);
    static final Election4jPeer TRANSFERRING = new Election4jPeer(", transfer to the last", null, true);

    @Override
    public String name() {
        return "Election4J" + variant;
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
        return new OurConnection(address, elections, transfers);
    }

    private static final class OurConnection implements Connection {
        private final String address;
        private final Elections elections;
        private final boolean transfers;
        private @Nullable Client observer;

        OurConnection(String address, Elections elections, boolean transfers) {
            this.address = address;
            this.elections = elections;
            this.transfers = transfers;
        }

        @Override
        public Contestant join(String election, String id) {
            return new Member(
                    election,
                    elections.join(ElectionConfig.of("/" + election, id).withName(election)),
                    transfers,
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
    private record Member(String name, Election election, boolean transfers, Supplier<Client> observer)
            implements Contestant {
        @Override
        public boolean isLeader() {
            return election.isLeader();
        }

        @Override
        public void handOver() {
            List<Candidate> queue = election.candidates();
            if (transfers && !queue.isEmpty()) {
                election.transferTo(queue.get(queue.size() - 1).id());
            } else {
                election.resign();
            }
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
