package io.github.election4j.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Keeps what a watch tells. */
public final class RecordingObserver implements ElectionStore.WatchObserver {
    private final List<WatchEvent> events = new CopyOnWriteArrayList<>();
    private final List<StoreException> ends = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public void onCreated() {
        calls.add("created");
    }

    @Override
    public void onEvents(List<WatchEvent> delivered) {
        calls.add("events " + delivered.size());
        events.addAll(delivered);
    }

    @Override
    public void onEnd(StoreException cause) {
        calls.add("end");
        ends.add(cause);
    }

    public List<WatchEvent> events() {
        return events;
    }

    public List<StoreException> ends() {
        return ends;
    }

    /** Each call, in order. */
    public List<String> calls() {
        return calls;
    }

    public void awaitCreated() {
        awaitThat("the creation of the watch").until(() -> !calls.isEmpty());
    }

    public List<WatchEvent> await(int count) {
        awaitThat("event " + count).until(() -> events.size() >= count);
        return events;
    }

    public StoreException awaitEnd() {
        awaitThat("the end of the watch").until(() -> !ends.isEmpty());
        return ends.get(0);
    }

    private static ConditionFactory awaitThat(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30));
    }
}
