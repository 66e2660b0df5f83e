package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Effect;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.spi.ElectionStore.WatchObserver;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A watch that is moved to other connections: each change is told once, in order. */
class MovableWatchTests {
    private final StoreException gone =
            new StoreException(StoreException.Kind.UNAVAILABLE, "the connection is gone", null);

    private final List<Opened> opened = new ArrayList<>();
    private final List<Input> told = new ArrayList<>();
    private final MovableWatch watch = new MovableWatch(this::open, Runnable::run, told::add);

    private static final class Opened {
        private final long fromRevision;
        private final WatchObserver observer;
        private boolean closed;

        private Opened(long fromRevision, WatchObserver observer) {
            this.fromRevision = fromRevision;
            this.observer = observer;
        }
    }

    private Runnable open(String prefix, long fromRevision, WatchObserver observer) {
        Opened watched = new Opened(fromRevision, observer);
        opened.add(watched);
        return () -> watched.closed = true;
    }

    @Test
    void goesOnAfterTheLastRevisionThatWasTold() {
        watch.open(new Effect.OpenWatch(7, "/a/", 5));
        opened.get(0).observer.onEvents(List.of(deleted(5), deleted(6)));
        opened.get(0).observer.onEvents(List.of(deleted(9)));

        watch.move();

        assertThat(opened).extracting(each -> each.fromRevision).containsExactly(5L, 10L);
        assertThat(opened).extracting(each -> each.closed).containsExactly(true, false);
        opened.get(1).observer.onEvents(List.of(deleted(10)));
        assertThat(told)
                .extracting(input -> ((Input.WatchDelivered) input).generation())
                .containsExactly(7L, 7L, 7L);
    }

    @Test
    void beginsWhereItWasToBeginIfNothingWasTold() {
        watch.open(new Effect.OpenWatch(7, "/a/", 5));
        watch.move();
        assertThat(opened).extracting(each -> each.fromRevision).containsExactly(5L, 5L);
    }

    @Test
    void whatTheOldConnectionHasYetToTellIsToldByTheNewOneOnly() {
        watch.open(new Effect.OpenWatch(7, "/a/", 5));
        watch.move();

        opened.get(0).observer.onEvents(List.of(deleted(5)));
        opened.get(0).observer.onEnd(gone);
        assertThat(told).isEmpty();
        opened.get(1).observer.onEvents(List.of(deleted(5)));

        assertThat(told).hasSize(1);
        opened.get(1).observer.onEnd(gone);
        assertThat(told).hasSize(2);
    }

    @Test
    void isNotMovedOnceItHasEndedOrIsClosed() {
        watch.open(new Effect.OpenWatch(7, "/a/", 5));
        opened.get(0).observer.onEnd(gone);
        watch.move();
        watch.open(new Effect.OpenWatch(8, "/a/", 6));
        watch.close();
        watch.move();

        assertThat(opened).hasSize(2);
        assertThat(told).singleElement().isEqualTo(new Input.WatchEnded(7, gone));
    }

    private static WatchEvent deleted(long revision) {
        return new WatchEvent.Deleted("/a/1", revision);
    }
}
