package io.github.election4j.internal.runtime;

import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A watch that is opened again and again, one at a time. When the connections are replaced it goes on over the new
 * ones, after the last revision that was delivered, as if it had not been moved: what the old connection has yet to
 * tell is told by the new one, and only by that. Confined to the loop.
 */
final class MovableWatch {
    private final Opener opener;
    private final Consumer<Runnable> loop;
    private final Listener listener;
    private @Nullable KeyRange wanted;
    private long nextRevision;
    private long opened;
    private Runnable close = () -> {};

    /** {@link ElectionStore#watch}. */
    @FunctionalInterface
    interface Opener {
        Runnable watch(KeyRange keys, long fromRevision, ElectionStore.WatchObserver observer);
    }

    /** Hears the watch that was opened last, on the loop. */
    interface Listener {
        /** It goes on over other connections, and is created there anew. */
        void moved();

        void created();

        void delivered(List<WatchEvent> events);

        void ended(StoreException cause);
    }

    MovableWatch(Opener opener, Consumer<Runnable> loop, Listener listener) {
        this.opener = opener;
        this.loop = loop;
        this.listener = listener;
    }

    void open(KeyRange keys, long fromRevision) {
        wanted = keys;
        nextRevision = fromRevision;
        begin(keys);
    }

    void close() {
        wanted = null;
        opened++;
        close.run();
        close = () -> {};
    }

    void move() {
        if (wanted != null) {
            listener.moved();
            begin(wanted);
        }
    }

    private void begin(KeyRange keys) {
        close.run();
        long present = ++opened;
        close = opener.watch(keys, nextRevision, new ElectionStore.WatchObserver() {
            @Override
            public void onCreated() {
                loop.accept(() -> tell(present, listener::created));
            }

            @Override
            public void onEvents(List<WatchEvent> events) {
                loop.accept(() -> tell(present, () -> {
                    nextRevision = events.get(events.size() - 1).revision() + 1;
                    listener.delivered(events);
                }));
            }

            @Override
            public void onEnd(StoreException cause) {
                loop.accept(() -> tell(present, () -> {
                    wanted = null;
                    listener.ended(cause);
                }));
            }
        });
    }

    private void tell(long by, Runnable news) {
        if (by == opened) {
            news.run();
        }
    }
}
