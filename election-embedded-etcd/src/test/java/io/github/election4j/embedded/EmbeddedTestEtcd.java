package io.github.election4j.embedded;

import io.github.election4j.testing.TestEtcd;
import java.util.function.Supplier;

/** The embedded etcd, for the tests of the engine and the starter. */
public final class EmbeddedTestEtcd extends TestEtcd {
    private final EmbeddedEtcd etcd = EmbeddedEtcd.start();

    private EmbeddedTestEtcd() {}

    /** Named by {@link TestEtcd#PROVIDER}. */
    public static final class Provider implements Supplier<TestEtcd> {
        @Override
        public TestEtcd get() {
            return new EmbeddedTestEtcd();
        }
    }

    @Override
    public String endpoint() {
        return etcd.endpoint();
    }

    @Override
    public int port() {
        return etcd.port();
    }

    @Override
    public void kill() {
        etcd.faults().crash();
    }

    @Override
    public void restart() {
        etcd.faults().restart();
    }

    @Override
    public void pause() {
        etcd.faults().pause();
    }

    @Override
    public void resume() {
        etcd.faults().resume();
    }

    @Override
    public void close() {
        etcd.close();
    }
}
