package io.github.election4j.benchmarks.peer;

import io.etcd.jetcd.Client;
import io.github.election4j.benchmarks.store.Kind;
import java.time.Duration;

/** jetcd's own election client, with a lease that is kept alive. */
final class JetcdPeer implements Peer {
    @Override
    public String name() {
        return "jetcd Election";
    }

    @Override
    public String version() {
        return Peers.version("jetcd");
    }

    @Override
    public Kind store() {
        return Kind.ETCD;
    }

    /** The embedded etcd lacks the service for elections. */
    @Override
    public boolean worksOn(Kind kind) {
        return kind != Kind.EMBEDDED_ETCD;
    }

    @Override
    public Connection connect(String address, Duration lease) throws Exception {
        Client client = Client.builder()
                .endpoints(address.split(","))
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        return JetcdConnection.open(client, lease);
    }
}
