package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * P7, P12: how far the beats of other processes have come, and when this process first knew. One read and one watch for
 * each, however many elections follow it. Neither order nor completeness is relied on: to know of a beat late, or not
 * at all, costs time only.
 */
final class FollowedBeats {
    private final Map<String, Followed> byKey = new HashMap<>();
    private final Map<String, String> byElection = new HashMap<>();
    private final long capNanos;

    FollowedBeats(Timing timing) {
        this.capNanos = timing.periodNanos();
    }

    private static final class Followed {
        private final Set<String> elections = new LinkedHashSet<>();
        private final Retry reading;
        private boolean open;
        private long revision;
        private long receivedAt;

        private Followed(long capNanos) {
            this.reading = new Retry(capNanos);
        }
    }

    void follow(String election, @Nullable String beat, SessionStep step) {
        String before = beat == null ? byElection.remove(election) : byElection.put(election, beat);
        if (before != null && !before.equals(beat)) {
            Followed left = byKey.get(before);
            if (left != null) {
                left.elections.remove(election);
                if (left.elections.isEmpty()) {
                    close(before, left, step);
                    byKey.remove(before);
                }
            }
        }
        if (beat != null) {
            Followed followed = byKey.computeIfAbsent(beat, fresh -> new Followed(capNanos));
            followed.elections.add(election);
            if (followed.revision != 0) {
                step.tell(election, new Input.BeatHeard(beat, followed.revision, followed.receivedAt));
            }
        }
    }

    /** A guard has found it further on than its watch has told. */
    void seen(String beat, long revision, SessionStep step) {
        Followed followed = byKey.get(beat);
        if (followed != null && revision > followed.revision) {
            heard(beat, followed, revision, step);
            close(beat, followed, step);
        }
    }

    void onRead(String beat, long number, TxnResult result, SessionStep step) {
        Followed followed = byKey.get(beat);
        if (followed != null && followed.reading.accepts(number)) {
            followed.reading.answered();
            Transactions.one(result, 0)
                    .map(KeyValue::modRevision)
                    .ifPresent(revision -> heard(beat, followed, revision, step));
            followed.open = true;
            step.add(new SessionEffect.WatchBeat(beat, result.revision() + 1));
        }
    }

    /** It is read again; nobody needs to be told, for what fails with it is told by others. */
    void onReadFailed(String beat, long number, SessionStep step) {
        Followed followed = byKey.get(beat);
        if (followed != null && followed.reading.accepts(number)) {
            followed.reading.failed(step.now(), step.random());
        }
    }

    void onEvent(String beat, WatchEvent event, SessionStep step) {
        Followed followed = byKey.get(beat);
        if (followed != null && event instanceof WatchEvent.Put) {
            followed.reading.succeeded();
            heard(beat, followed, event.revision(), step);
        }
    }

    void onEnded(String beat, SessionStep step) {
        Followed followed = byKey.get(beat);
        if (followed != null && followed.open) {
            followed.open = false;
            followed.reading.failed(step.now(), step.random());
        }
    }

    void advance(SessionStep step) {
        byKey.forEach((beat, followed) -> {
            if (!followed.open && followed.reading.ready(step.now())) {
                step.add(new SessionEffect.ReadBeat(beat, followed.reading.begin(), Transactions.ask(beat)));
            }
        });
    }

    /** Another history, or the end. */
    void reset(SessionStep step) {
        byKey.forEach((beat, followed) -> close(beat, followed, step));
        byKey.clear();
        byElection.clear();
    }

    void wakeAt(Wakeup wakeup) {
        byKey.values().forEach(each -> each.reading.wakeAt(wakeup));
    }

    private static void close(String beat, Followed followed, SessionStep step) {
        if (followed.open) {
            followed.open = false;
            step.add(new SessionEffect.CloseBeatWatch(beat));
        }
    }

    private static void heard(String beat, Followed followed, long revision, SessionStep step) {
        if (revision > followed.revision) {
            followed.revision = revision;
            followed.receivedAt = step.now();
            followed.elections.forEach(
                    each -> step.tell(each, new Input.BeatHeard(beat, revision, followed.receivedAt)));
        }
    }
}
