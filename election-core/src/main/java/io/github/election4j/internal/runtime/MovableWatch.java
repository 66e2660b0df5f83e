package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.Effect;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one watch of an election. When the connections are replaced it goes on over the new ones, after the last revision
 * that was delivered, as if it had not been moved: what the old connection has yet to tell is told by the new one, and
 * only by that. Confined to the loop.
 */
final class MovableWatch {
    private final Opener opener;
    private final Consumer<Runnable> loop;
    private final Consumer<Input> machine;
    private Effect.@Nullable OpenWatch wanted;
    private long nextRevision;
    private long opened;
    private Runnable close = () -> {};

    /** {@link ElectionStore#watch}. */
    @FunctionalInterface
    interface Opener {
        Runnable watch(String prefix, long fromRevision, ElectionStore.WatchObserver observer);
    }

    MovableWatch(Opener opener, Consumer<Runnable> loop, Consumer<Input> machine) {
        this.opener = opener;
        this.loop = loop;
        this.machine = machine;
    }

    void open(Effect.OpenWatch watch) {
        wanted = watch;
        nextRevision = watch.fromRevision();
        begin(watch);
    }

    void close() {
        wanted = null;
        close.run();
    }

    void move() {
        if (wanted != null) {
            begin(wanted);
        }
    }

    private void begin(Effect.OpenWatch watch) {
        close.run();
        long present = ++opened;
        close = opener.watch(watch.prefix(), nextRevision, new ElectionStore.WatchObserver() {
            @Override
            public void onEvents(List<WatchEvent> events) {
                loop.accept(() -> delivered(present, watch, events));
            }

            @Override
            public void onEnd(StoreException cause) {
                loop.accept(() -> ended(present, watch, cause));
            }
        });
    }

    private void delivered(long by, Effect.OpenWatch watch, List<WatchEvent> events) {
        if (by == opened) {
            nextRevision = events.get(events.size() - 1).revision() + 1;
            machine.accept(new Input.WatchDelivered(watch.generation(), events));
        }
    }

    private void ended(long by, Effect.OpenWatch watch, StoreException cause) {
        if (by == opened) {
            wanted = null;
            machine.accept(new Input.WatchEnded(watch.generation(), cause));
        }
    }
}
