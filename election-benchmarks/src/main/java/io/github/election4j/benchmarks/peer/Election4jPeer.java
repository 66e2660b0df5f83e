package io.github.election4j.benchmarks.peer;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.benchmarks.store.Kind;
import io.github.election4j.etcd.EtcdElections;
import java.time.Duration;

/** This library. */
final class Election4jPeer implements Peer {
    @Override
    public String name() {
        return "Election4J";
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
                .build();
        return new Connection() {
            @Override
            public Contestant join(String election, String id) {
                return new Member(
                        elections.join(ElectionConfig.of("/" + election, id).withName(election)));
            }

            @Override
            public void close() {
                elections.close();
            }
        };
    }

    private record Member(Election election) implements Contestant {
        @Override
        public boolean isLeader() {
            return election.isLeader();
        }

        @Override
        public void handOver() {
            election.resign();
        }

        @Override
        public int queued() {
            return election.candidates().size();
        }
    }
}
