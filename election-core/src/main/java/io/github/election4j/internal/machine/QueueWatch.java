package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.Queue.Entry;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * P3: keeps the queue by one range and then one watch, and starts over whenever the watch ends. P6: does not trust a
 * silent watch. P7: turns what it sees into claims, and lets them fall.
 */
final class QueueWatch {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final MachineSettings settings;
    private final Self self;
    private final Queue queue;
    private final Horizon horizon;
    private final Mark mark;
    private final Retry reading;
    private boolean open;
    private boolean everRead;
    private long generation;
    private long openedAt;
    private long silentAt;
    private long expectedRevision;
    private long expectedBy;
    private boolean warnedOfSameId;

    QueueWatch(MachineSettings settings, Self self, Queue queue, Horizon horizon, Mark mark) {
        this.settings = settings;
        this.self = self;
        this.queue = queue;
        this.horizon = horizon;
        this.mark = mark;
        this.reading = new Retry(settings.backOffCapNanos());
    }

    /** Whether the queue is known and followed. */
    boolean open() {
        return open;
    }

    /** Whether the queue has been out of reach more than once in a row. */
    boolean failing() {
        return !open && reading.failures() > 1;
    }

    void advance(Step step) {
        if (open && silent(step.now())) {
            end(step);
        }
        if (!open && reading.ready(step.now())) {
            Txn read = Transactions.readQueue(settings.prefix(), mark);
            step.commit(Tag.Purpose.READ_QUEUE, reading, read, settings.requestNanos());
        }
    }

    void onRead(Tag tag, TxnResult result, Step step) {
        if (!reading.accepts(tag.generation())) {
            return;
        }
        step.answered(tag.purpose(), reading);
        mark.warnIfDenied(step);
        boolean absent =
                result.ops().size() > 1 && Transactions.found(result, 1).isEmpty();
        if (result.ops().size() > 1) {
            mark.found(Transactions.found(result, 1), horizon);
        }
        apply(Transactions.found(result, 0), result.revision(), absent, step);
        open = true;
        openedAt = step.now();
        everRead = true;
        heard(step);
        step.emit(new Effect.OpenWatch(++generation, settings.prefix(), result.revision() + 1));
    }

    void onReadFailed(Tag tag, StoreException cause, Step step) {
        if (reading.accepts(tag.generation())) {
            if (cause.kind() == StoreException.Kind.DENIED && mark.tryWithout()) {
                reading.answered();
            } else {
                step.failed(tag.purpose(), reading, cause.reason());
            }
        }
    }

    void onDelivered(Input.WatchDelivered delivered, Step step) {
        if (!open || delivered.generation() != generation) {
            return;
        }
        Entry headBefore = queue.head();
        for (WatchEvent event : delivered.events()) {
            if (queue.holds(event.key())) {
                apply(event, step);
            }
            queue.advanceTo(event.revision());
        }
        reading.succeeded();
        if (!Objects.equals(headBefore, queue.head()) && !queue.releasedComesFirst()) {
            heard(step);
        }
    }

    void onEnded(Input.WatchEnded ended, Step step) {
        if (open && ended.generation() == generation) {
            open = false;
            if (Timing.reached(openedAt + self.timing().periodNanos(), step.now())) {
                reading.succeeded(); // It has served for a while: not one failure in a series.
            }
            step.failed(Tag.Purpose.READ_QUEUE, reading, ended.cause().reason());
        }
    }

    void close(Step step) {
        if (open) {
            end(step);
        }
        reading.reset();
    }

    /** P6: a heartbeat that is known to be committed must come back through the watch. */
    void expect(long revision, long now) {
        if (queue.revision() >= expectedRevision) {
            expectedBy = now + self.timing().periodNanos(); // else the one before is still owed, since longer
        }
        expectedRevision = Math.max(expectedRevision, revision);
    }

    void wakeAt(Wakeup wakeup) {
        reading.wakeAt(wakeup);
        if (open) {
            wakeup.at(silentAt);
            if (queue.revision() < expectedRevision) {
                wakeup.at(expectedBy);
            }
        }
    }

    private boolean silent(long now) {
        return Timing.reached(silentAt, now)
                || (queue.revision() < expectedRevision && Timing.reached(expectedBy, now));
    }

    /**
     * P6: the head's heartbeats must keep coming, and nobody else's count: etcd#18089 loses a deletion in the very
     * revision that is compacted, and goes on telling everything else. Nor do the head's while a released key is before
     * it: the deletion that it waits for may be the one that was lost. Where nobody owes a heartbeat, a read now and
     * then tells the same. A dead head is read again before its lease ends, so that its vanishing is seen by the watch
     * and leaves no gap. One that tells of a validity shorter than our heartbeats is not read more often than we send
     * them.
     */
    private void heard(Step step) {
        Entry head = queue.head();
        long validityMillis = head == null ? 0 : head.value().validityMillis();
        long longest = validityMillis == 0
                ? self.timing().leaseNanos()
                : Math.max(validityMillis * NANOS_PER_MILLI, self.timing().periodNanos());
        silentAt = step.now() + longest - (long) (longest * step.random() / 5);
    }

    private void end(Step step) {
        open = false;
        step.emit(new Effect.CloseWatch());
    }

    /** P7: takes in a whole queue; whoever led between what was known and this was not seen. */
    private void apply(List<KeyValue> found, long revision, boolean markAbsent, Step step) {
        Entry before = queue.head();
        queue.replace(found, revision, step.now());
        Entry head = queue.head();
        if (queue.isEmpty() && markAbsent) {
            horizon.clear();
        } else if (!everRead || !sameKey(before, head)) {
            horizon.leadersUnseen(step.now());
        }
        for (Entry entry : queue.entries()) {
            learn(entry, step);
        }
        // A released key proves less here than in the watch: its successor may have led, and gone, unseen.
        if (head != null && (head.leading() || ledBySelf(head))) {
            horizon.unseenFall();
        }
    }

    private void apply(WatchEvent event, Step step) {
        if (event instanceof WatchEvent.Put put) {
            Entry entry = Entry.of(put.keyValue(), step.now());
            Entry previous = queue.put(entry);
            learn(entry, step);
            boolean releasedNow = entry.released() && previous != null && !previous.released();
            if (entry.leading() || releasedNow) {
                horizon.unseenFall();
            }
        } else {
            Entry head = queue.head();
            Entry removed = queue.remove(event.key());
            if (removed != null && removed.equals(head) && !self.owns(removed.createRevision())) {
                horizon.headVanished(
                        removed.createRevision(),
                        removed.receivedAt(),
                        removed.value().validityMillis());
            }
        }
    }

    private void learn(Entry entry, Step step) {
        horizon.know(entry.value().validityMillis());
        horizon.stopped(entry.value().stopped());
        if (entry.leading() || entry.released()) {
            horizon.fallBefore(entry.createRevision());
        }
        if (!warnedOfSameId && self.sharesIdWith(entry)) {
            warnedOfSameId = true;
            step.emit(new Effect.Warn(
                    "Another member has the same id '" + entry.value().id() + "' (key " + entry.key()
                            + "): this process before a restart, or a live one. Nothing unsafe follows, but nobody can"
                            + " tell the two apart: give every member an id of its own."));
        }
    }

    private boolean ledBySelf(Entry head) {
        Place place = self.place();
        return place != null && place.led() && place.createRevision() == head.createRevision();
    }

    /** A head that is still the head has been it all the time: nobody else can have led in between. */
    private static boolean sameKey(@Nullable Entry before, @Nullable Entry after) {
        return before != null
                && after != null
                && before.createRevision() == after.createRevision()
                && Objects.equals(before.key(), after.key());
    }
}
