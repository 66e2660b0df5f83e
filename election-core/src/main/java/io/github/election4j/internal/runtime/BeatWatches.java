package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.SessionEffect;
import io.github.election4j.internal.machine.SessionInput;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.WatchEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The watches of other processes' beats (P7). Confined to the loop. */
final class BeatWatches {
    private final MovableWatch.Opener opener;
    private final Consumer<Runnable> loop;
    private final Consumer<SessionInput> session;
    private final Map<String, MovableWatch> byKey = new HashMap<>();

    BeatWatches(MovableWatch.Opener opener, Consumer<Runnable> loop, Consumer<SessionInput> session) {
        this.opener = opener;
        this.loop = loop;
        this.session = session;
    }

    void open(SessionEffect.WatchBeat watch) {
        String beat = watch.beat();
        byKey.computeIfAbsent(beat, fresh -> new MovableWatch(opener, loop, listener(beat)))
                .open(new KeyRange(beat, beat + '\0'), watch.fromRevision());
    }

    void close(String beat) {
        MovableWatch watch = byKey.remove(beat);
        if (watch != null) {
            watch.close();
        }
    }

    void move() {
        byKey.values().forEach(MovableWatch::move);
    }

    private MovableWatch.Listener listener(String beat) {
        return new MovableWatch.Listener() {
            @Override
            public void moved() {
                // Nothing rests on its completeness.
            }

            @Override
            public void created() {
                // Nothing waits for it.
            }

            @Override
            public void delivered(List<WatchEvent> events) {
                session.accept(new SessionInput.BeatWatched(beat, events));
            }

            @Override
            public void ended(StoreException cause) {
                byKey.remove(beat);
                session.accept(new SessionInput.BeatWatchEnded(beat, cause));
            }
        };
    }
}
