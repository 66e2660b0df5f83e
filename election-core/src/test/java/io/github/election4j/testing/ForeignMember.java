package io.github.election4j.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A member that is not ours: {@code etcdctl elect}, which is Go's own election. */
public final class ForeignMember implements AutoCloseable {
    private final EtcdctlProcess process;

    private ForeignMember(EtcdctlProcess process) {
        this.process = process;
    }

    public static ForeignMember campaign(TestEtcd etcd, String key, String value) {
        return new ForeignMember(etcd.etcdctlProcess("elect", key, value));
    }

    /** Whether it has won: it prints its key and its value then. */
    public boolean isLeader() {
        return process.lines().size() >= 2;
    }

    public void awaitLeader(Duration limit) {
        await("foreign member leads, printed " + process.lines()).atMost(limit).until(this::isLeader);
    }

    /** By SIGTERM. */
    public void resign() {
        process.terminate();
        process.awaitEnd(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        process.close();
    }
}
