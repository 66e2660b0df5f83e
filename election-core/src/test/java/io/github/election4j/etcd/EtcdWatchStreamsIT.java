package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.NeedsEtcd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsEtcd
@Timeout(120)
class EtcdWatchStreamsIT extends EtcdWatchesContract {
    private static final int MANY = 250;

    @Override
    EtcdClient connect(String endpoint) {
        return EtcdClient.of(Client.builder().endpoints(endpoint));
    }

    @Test
    @NeedsEtcd(real = true)
    void manyAreOneStreamForEtcdWhichForgetsThoseThatAreClosed() {
        try (EtcdServer etcd = EtcdServer.start()) {
            EtcdClient client = connect(etcd.endpoint());
            List<Runnable> closes = new ArrayList<>();
            List<RecordingWatch> watches = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                watches.add(new RecordingWatch());
                closes.add(client.watches().watch(Keys.text("k" + i), ByteSequence.EMPTY, 0, watches.get(i)));
            }
            watches.forEach(RecordingWatch::awaitCreated);
            assertThat(metric(etcd, "watch_stream_total")).isEqualTo(1);
            assertThat(metric(etcd, "watcher_total")).isEqualTo(MANY);

            closes.subList(1, MANY).forEach(Runnable::run);

            await().atMost(RecordingWatch.LIMIT).until(() -> metric(etcd, "watcher_total") == 1);
            assertThat(watches).allSatisfy(each -> assertThat(each.ends()).isEmpty());
            client.client().close();
            await().atMost(RecordingWatch.LIMIT).until(() -> metric(etcd, "watch_stream_total") == 0);
        }
    }

    /** More than a message may have. */
    @Test
    @NeedsEtcd(real = true)
    void historyThatIsLargeComesInParts() throws Exception {
        int changes = 8;
        String megabyte = "x".repeat(1 << 20);
        try (EtcdServer etcd = EtcdServer.start()) {
            EtcdClient client = connect(etcd.endpoint());
            for (int i = 0; i < changes; i++) {
                client.client()
                        .getKVClient()
                        .put(Keys.text("large"), Keys.text(i + megabyte))
                        .get(20, TimeUnit.SECONDS);
            }
            RecordingWatch watch = new RecordingWatch();

            client.watches().watch(Keys.text("large"), ByteSequence.EMPTY, 1, watch);

            assertThat(watch.awaitEvents(changes).events())
                    .extracting(event -> event.substring(0, "large=0".length()))
                    .containsExactly(
                            "large=0", "large=1", "large=2", "large=3", "large=4", "large=5", "large=6", "large=7");
            assertThat(watch.ends()).isEmpty();
            client.client().close();
        }
    }

    private static double metric(EtcdServer etcd, String name) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(etcd.endpoint() + "/metrics")).build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("etcd_debugging_mvcc_" + name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                    .sum();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
