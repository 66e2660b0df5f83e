package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.ElectionStore.WatchObserver;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A watch that is moved to other connections: each change is told once, in order. */
class MovableWatchTests {
    private static final KeyRange KEYS = KeyRange.prefix("/a/");

    private final StoreException gone =
            new StoreException(StoreException.Kind.UNAVAILABLE, "the connection is gone", null);

    private final List<Opened> opened = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final MovableWatch watch = new MovableWatch(this::open, Runnable::run, listener());

    private static final class Opened {
        private final long fromRevision;
        private final WatchObserver observer;
        private boolean closed;

        private Opened(long fromRevision, WatchObserver observer) {
            this.fromRevision = fromRevision;
            this.observer = observer;
        }
    }

    private Runnable open(KeyRange keys, long fromRevision, WatchObserver observer) {
        assertThat(keys).isEqualTo(KEYS);
        Opened watched = new Opened(fromRevision, observer);
        opened.add(watched);
        return () -> watched.closed = true;
    }

    private MovableWatch.Listener listener() {
        return new MovableWatch.Listener() {
            @Override
            public void moved() {
                told.add("moved");
            }

            @Override
            public void created() {
                told.add("created");
            }

            @Override
            public void delivered(List<WatchEvent> events) {
                events.forEach(each -> told.add("event " + each.revision()));
            }

            @Override
            public void ended(StoreException cause) {
                told.add("ended: " + cause.reason());
            }
        };
    }

    @Test
    void tellsThatItIsCreatedAndThenWhatHappens() {
        watch.open(KEYS, 5);

        opened.get(0).observer.onCreated();
        opened.get(0).observer.onEvents(List.of(deleted(5)));

        assertThat(told).containsExactly("created", "event 5");
    }

    @Test
    void goesOnAfterTheLastRevisionThatWasTold() {
        watch.open(KEYS, 5);
        opened.get(0).observer.onEvents(List.of(deleted(5), deleted(6)));
        opened.get(0).observer.onEvents(List.of(deleted(9)));

        watch.move();

        assertThat(opened).extracting(each -> each.fromRevision).containsExactly(5L, 10L);
        assertThat(opened).extracting(each -> each.closed).containsExactly(true, false);
        opened.get(1).observer.onEvents(List.of(deleted(10)));
        assertThat(told).containsExactly("event 5", "event 6", "event 9", "moved", "event 10");
    }

    /** Who leads must not do so by what the former connection was yet to tell. */
    @Test
    void tellsThatItIsMovedBeforeItIsCreatedAnew() {
        watch.open(KEYS, 5);
        opened.get(0).observer.onCreated();

        watch.move();
        assertThat(told).containsExactly("created", "moved");
        opened.get(1).observer.onCreated();

        assertThat(told).containsExactly("created", "moved", "created");
    }

    @Test
    void beginsWhereItWasToBeginIfNothingWasTold() {
        watch.open(KEYS, 5);
        watch.move();
        assertThat(opened).extracting(each -> each.fromRevision).containsExactly(5L, 5L);
    }

    @Test
    void whatTheOldConnectionHasYetToTellIsToldByTheNewOneOnly() {
        watch.open(KEYS, 5);
        watch.move();
        told.clear();

        opened.get(0).observer.onCreated();
        opened.get(0).observer.onEvents(List.of(deleted(5)));
        opened.get(0).observer.onEnd(gone);
        assertThat(told).isEmpty();
        opened.get(1).observer.onEvents(List.of(deleted(5)));
        opened.get(1).observer.onEnd(gone);

        assertThat(told).containsExactly("event 5", "ended: the connection is gone");
    }

    @Test
    void isNotMovedOnceItHasEndedOrIsClosed() {
        watch.open(KEYS, 5);
        opened.get(0).observer.onEnd(gone);
        watch.move();
        watch.open(KEYS, 6);
        watch.close();
        watch.move();

        assertThat(opened).hasSize(2);
        assertThat(told).containsExactly("ended: the connection is gone");
    }

    @Test
    void whatAClosedWatchHasYetToTellIsNotToldByOneThatIsOpenedAfterIt() {
        watch.open(KEYS, 5);
        watch.close();
        watch.open(KEYS, 9);

        opened.get(0).observer.onEvents(List.of(deleted(5)));
        opened.get(0).observer.onEnd(gone);
        assertThat(told).isEmpty();
        opened.get(1).observer.onEvents(List.of(deleted(9)));

        assertThat(told).containsExactly("event 9");
    }

    private static WatchEvent deleted(long revision) {
        return new WatchEvent.Deleted("/a/1", revision);
    }
}
