package io.github.election4j.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.github.election4j.spi.StoreException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Measures so many watchers in a JVM of its own, and prints it. */
public final class WatchScaleMain {
    private static final int PUTS = 500;
    private static final int KEYS_OF_A_TRANSACTION = 100;
    private static final long LIMIT_SECONDS = 120;

    private final EtcdClient client;
    private final int count;
    private final Path etcd;
    private final CountDownLatch created;
    private volatile CountDownLatch heard = new CountDownLatch(0);

    private WatchScaleMain(EtcdClient client, int count, Path etcd) {
        this.client = client;
        this.count = count;
        this.etcd = etcd;
        this.created = new CountDownLatch(count);
    }

    /** Takes {@code shared} or {@code jetcd}, the number of watchers, an endpoint and the process of etcd. */
    public static void main(String[] arguments) throws Exception {
        var builder = Client.builder().endpoints(arguments[2]);
        EtcdClient client =
                arguments[0].equals("shared") ? EtcdClient.of(builder) : EtcdClient.borrowed(builder.build());
        Path etcd = Path.of("/proc", arguments[3], "status");
        new WatchScaleMain(client, Integer.parseInt(arguments[1]), etcd).measure(arguments[0]);
        System.exit(0);
    }

    private void measure(String way) throws Exception {
        warmUp();
        long heap = heap();
        long residentEtcd = resident(etcd);
        long next = put("/none", "") + 1;
        long from = System.nanoTime();
        IntStream.range(0, count).forEach(i -> watch("/scale/" + i, next, new Counted()));
        await(created);
        double createdMs = millisSince(from);
        int threads = ManagementFactory.getThreadMXBean().getPeakThreadCount();
        String memory = "heap +%.1f MB, client RSS %d MB, etcd RSS +%d MB"
                .formatted(
                        (heap() - heap) / 1e6, resident(Path.of("/proc/self/status")), resident(etcd) - residentEtcd);
        double[] latencies = latencies();
        double burst = burst();
        System.out.printf(
                "MEASURED %s, %d watchers: created in %.0f ms, %d threads at most, %s,"
                        + " put to event p50 %.2f ms, p99 %.2f ms, all told at once in %.0f ms%n",
                way, count, createdMs, threads, memory, latencies[PUTS / 2], latencies[PUTS * 99 / 100], burst);
    }

    private void warmUp() throws Exception {
        for (int i = 0; i < 200; i++) {
            Runnable close = watch("/warm", put("/none", "") + 1, new RecordingWatch());
            for (int put = 0; put < 10; put++) {
                put("/warm", "");
            }
            close.run();
        }
    }

    private double[] latencies() throws Exception {
        double[] latencies = new double[PUTS];
        for (int i = 0; i < PUTS; i++) {
            heard = new CountDownLatch(1);
            long from = System.nanoTime();
            put("/scale/" + (i * 7919L) % count, "");
            await(heard);
            latencies[i] = millisSince(from);
        }
        Arrays.sort(latencies);
        return latencies;
    }

    /** Every key changes, in transactions that do not wait for each other. */
    private double burst() throws Exception {
        heard = new CountDownLatch(count);
        KV kv = client.client().getKVClient();
        long from = System.nanoTime();
        for (int first = 0; first < count; first += KEYS_OF_A_TRANSACTION) {
            kv.txn()
                    .Then(IntStream.range(first, Math.min(count, first + KEYS_OF_A_TRANSACTION))
                            .mapToObj(i -> Op.put(Keys.text("/scale/" + i), Keys.text("all"), PutOption.DEFAULT))
                            .toArray(Op[]::new))
                    .commit();
        }
        await(heard);
        return millisSince(from);
    }

    private Runnable watch(String key, long next, EtcdWatches.Observer observer) {
        return client.watches().watch(Keys.text(key), ByteSequence.EMPTY, next, observer);
    }

    private long put(String key, String value) throws Exception {
        return client.client()
                .getKVClient()
                .put(Keys.text(key), Keys.text(value))
                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                .getHeader()
                .getRevision();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(latch.getCount() + " are missing");
        }
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long resident(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1000;
    }

    private class Counted implements EtcdWatches.Observer {
        @Override
        public void onCreated() {
            created.countDown();
        }

        @Override
        public void onEvents(List<WatchEvent> events) {
            heard.countDown();
        }

        @Override
        public void onEnd(StoreException cause) {
            System.out.println("ENDED " + cause);
        }
    }
}
