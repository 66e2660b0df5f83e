package io.github.election4j.benchmarks.store;

import io.github.election4j.testing.Programs;
import java.util.Optional;

/** The kinds of stores. */
public enum Kind {
    /** One etcd, the program. */
    ETCD,
    /** Three members of etcd on this machine. */
    ETCD_CLUSTER,
    /** The etcd in this JVM, only where it is asked for. */
    EMBEDDED_ETCD,
    /** One ZooKeeper in a process of its own. */
    ZOOKEEPER,
    /** One Redis, the program. */
    REDIS;

    /** {@return the program that it needs and that is not on the path} */
    public Optional<String> missing() {
        return switch (this) {
            case ETCD, ETCD_CLUSTER -> missing("etcd");
            case REDIS -> missing("redis-server");
            case EMBEDDED_ETCD, ZOOKEEPER -> Optional.empty();
        };
    }

    /** {@return a running store; the caller closes it} */
    public Store start() {
        return switch (this) {
            case ETCD -> EtcdStore.start();
            case ETCD_CLUSTER -> EtcdStore.startCluster();
            case EMBEDDED_ETCD -> new EmbeddedStore();
            case ZOOKEEPER -> ZooKeeperStore.start();
            case REDIS -> RedisStore.start();
        };
    }

    /**
     * {@return the address of a proxy, in the form of this kind}
     *
     * @param hostAndPort where the proxy listens
     */
    public String through(String hostAndPort) {
        return switch (this) {
            case ETCD, ETCD_CLUSTER, EMBEDDED_ETCD -> "http://" + hostAndPort;
            case ZOOKEEPER, REDIS -> hostAndPort;
        };
    }

    private static Optional<String> missing(String program) {
        return Optional.of(program).filter(name -> Programs.find(name).isEmpty());
    }
}
