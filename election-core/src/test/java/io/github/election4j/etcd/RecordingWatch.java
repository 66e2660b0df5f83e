package io.github.election4j.etcd;

import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.watch.WatchEvent;
import io.github.election4j.spi.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;

/** Keeps what a watch tells. */
class RecordingWatch implements EtcdWatches.Observer {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicInteger created = new AtomicInteger();
    private final List<List<String>> batches = new CopyOnWriteArrayList<>();
    private final List<StoreException> ends = new CopyOnWriteArrayList<>();

    @Override
    public void onCreated() {
        created.incrementAndGet();
    }

    @Override
    public void onEvents(List<WatchEvent> events) {
        batches.add(events.stream().map(RecordingWatch::text).toList());
    }

    @Override
    public void onEnd(StoreException cause) {
        ends.add(cause);
    }

    /** Such as {@code key=value}, or {@code -key} for a deletion. */
    private static String text(WatchEvent event) {
        String key = event.getKeyValue().getKey().toString(StandardCharsets.UTF_8);
        return event.getEventType() == WatchEvent.EventType.DELETE
                ? "-" + key
                : key + "=" + event.getKeyValue().getValue().toString(StandardCharsets.UTF_8);
    }

    int created() {
        return created.get();
    }

    List<List<String>> batches() {
        return batches;
    }

    List<String> events() {
        return batches.stream().flatMap(List::stream).toList();
    }

    List<StoreException> ends() {
        return ends;
    }

    RecordingWatch awaitCreated() {
        awaitThat("the watch is created").until(() -> created() == 1);
        return this;
    }

    RecordingWatch awaitEvents(int count) {
        awaitThat("there is event " + count).until(() -> events().size() >= count);
        return this;
    }

    StoreException awaitEnd() {
        awaitThat("the watch ends").until(() -> !ends.isEmpty());
        return ends.get(0);
    }

    /** For many in a row: what is so already costs no time. */
    private static ConditionFactory awaitThat(String what) {
        return await("that " + what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(LIMIT);
    }
}
