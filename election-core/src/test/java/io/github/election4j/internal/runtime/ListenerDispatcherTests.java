package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import io.github.election4j.spi.EngineObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** S3, S4: all listeners, and whoever waits for all of them. */
class ListenerDispatcherTests {
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private long now;
    private Runnable observing = () -> {};
    private final ListenerDispatcher dispatcher =
            new ListenerDispatcher(Stage.ELECTION, pool::add, () -> now++, observer(), outcome());

    @Test
    void tellsAllAndThenWhoWaits() {
        dispatcher.add(listener("a"), List.of());
        dispatcher.add(listener("b"), List.of());

        dispatcher.publish(Stage.event(1), () -> told.add("all"));

        assertThat(told).isEmpty();
        pool.remove().run();
        assertThat(told).containsExactly("a1", "observed true 1");
        work();
        assertThat(told).containsExactly("a1", "observed true 1", "b1", "observed true 1", "all");
    }

    @Test
    void keepsNobodyWaitingIfNobodyListens() {
        dispatcher.publish(Stage.event(1), () -> told.add("all"));
        assertThat(told).containsExactly("all");
    }

    @Test
    void tellsWhoComesLateWhatIsBeforeWhatHappens() {
        dispatcher.add(listener("a"), List.of(Stage.event(1), Stage.event(2)));
        dispatcher.publish(Stage.event(3), () -> {});
        work();
        assertThat(told).filteredOn(line -> line.startsWith("a")).containsExactly("a1", "a2", "a3");
    }

    @Test
    void takesAListenerOnce() {
        ElectionListener listener = listener("a");
        dispatcher.add(listener, List.of());
        dispatcher.add(listener, List.of(Stage.event(1)));
        dispatcher.publish(Stage.event(2), () -> {});
        work();
        assertThat(told).filteredOn(line -> line.startsWith("a")).containsExactly("a2");
    }

    @Test
    void whoIsRemovedHearsNothingMoreAndCanComeBack() {
        ElectionListener listener = listener("a");
        dispatcher.add(listener, List.of());
        dispatcher.add(listener("b"), List.of());
        dispatcher.publish(Stage.event(1), () -> told.add("all"));

        dispatcher.remove(listener);
        dispatcher.publish(Stage.event(2), () -> {});
        work();

        assertThat(told).contains("b1", "b2", "all").doesNotContain("a1", "a2");
        dispatcher.add(listener, List.of());
        dispatcher.publish(Stage.event(3), () -> {});
        work();
        assertThat(told).contains("a3");
    }

    @Test
    void reportsAListenerThatFailsAndOneThatIsWellAgain() {
        dispatcher.add(
                event -> {
                    if (Stage.event(1).equals(event)) {
                        throw new IllegalStateException("broken");
                    }
                },
                List.of());

        try (LogCapture log = new LogCapture(ListenerDispatcher.class)) {
            dispatcher.publish(Stage.event(1), () -> told.add("all"));
            work();
            assertThat(log.lines()).singleElement().asString().startsWith("ERROR Election 'stress': a listener failed");
        }

        String failure = "failed: a listener failed on IS_NOT_LEADER: java.lang.IllegalStateException: broken";
        assertThat(told).containsExactly("observed false 1", failure, "all");
        dispatcher.publish(Stage.event(2), () -> {});
        work();
        assertThat(told).endsWith("observed true 1", "recovered");
    }

    /** Or it would be told of that failure, and fail again. */
    @Test
    void doesNotReportAListenerThatFailsOnErrors() {
        dispatcher.add(
                event -> {
                    throw new IllegalStateException("broken");
                },
                List.of());
        dispatcher.publish(new ElectionError(Stage.ELECTION, "watch", "no answer", Instant.EPOCH), () -> {});
        work();
        assertThat(told).containsExactly("observed false 1");
    }

    @Test
    void outlivesABrokenObserver() {
        observing = () -> {
            throw new IllegalStateException("no meter");
        };
        dispatcher.add(listener("a"), List.of());
        try (LogCapture log = new LogCapture(ListenerDispatcher.class)) {
            dispatcher.publish(Stage.event(1), () -> told.add("all"));
            work();
            assertThat(log.lines()).containsExactly("WARN Election 'stress': the observer of the engine failed");
        }
        assertThat(told).containsExactly("a1", "all");
    }

    /** As one does whose library is not there. */
    @Test
    void deliversWhatWaitsThoughTheObserverThrowsAnError() {
        observing = () -> {
            throw new NoClassDefFoundError("meter");
        };
        dispatcher.add(listener("a"), List.of());
        dispatcher.publish(Stage.event(1), () -> told.add("all"));
        dispatcher.publish(Stage.event(2), () -> {});
        work();
        assertThat(told).containsExactly("a1", "all", "a2");
    }

    private ElectionListener listener(String name) {
        return event -> told.add(name + ((LeaderChanged) event).fencingToken());
    }

    private EngineObserver observer() {
        return new EngineObserver() {
            @Override
            public void onListener(String election, Duration took, boolean succeeded) {
                observing.run();
                told.add("observed " + succeeded + " " + took.toNanos());
            }
        };
    }

    private ListenerDispatcher.Outcome outcome() {
        return new ListenerDispatcher.Outcome() {
            @Override
            public void failed(String message) {
                told.add("failed: " + message);
            }

            @Override
            public void recovered() {
                told.add("recovered");
            }
        };
    }

    private void work() {
        for (Runnable task = pool.poll(); task != null; task = pool.poll()) {
            task.run();
        }
    }
}
