package io.github.election4j.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A member that is not ours: {@code etcdctl elect}, which is Go's own election. */
public final class ForeignMember implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private ForeignMember(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "foreign-member");
        reader.setDaemon(true);
        reader.start();
    }

    public static ForeignMember campaign(TestEtcd etcd, String key, String value) {
        try {
            return new ForeignMember(etcd.etcdctlProcess("elect", key, value)
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has won: it prints its key and its value then. */
    public boolean isLeader() {
        return lines.size() >= 2;
    }

    public void awaitLeader(Duration limit) {
        await("foreign member leads, printed " + lines).atMost(limit).until(this::isLeader);
    }

    @Override
    public void close() {
        resign();
    }

    /** By SIGINT. */
    public void resign() {
        if (process.isAlive()) {
            Signals.interrupt(process.pid());
            await("foreign member ends").atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add(ended.toString());
        }
    }
}
