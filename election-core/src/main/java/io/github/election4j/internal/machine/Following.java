package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * P3: keeps the view by one read and then one watch, and starts over whenever the watch ends. P6: does not trust a
 * silent watch.
 */
final class Following {
    /** P6: a watch that is merely late has caught up by then. */
    private static final long SUSPICION_NANOS = Duration.ofSeconds(1).toNanos();

    private final MachineSettings settings;
    private final Membership self;
    private final View view;
    private final Claims claims;
    private final Retry reading;
    private final Lowering lowering;
    private final Departures departures;
    private final EarlierLeaders earlier;
    private Watch watch = Watch.CLOSED;
    private long generation;
    private long openedAt;
    private final UnbrokenWatch unbroken;
    private long askedForAt;
    private long createdAt;
    private long creations;
    private @Nullable AuditQuestion suspected;
    private long suspectedAt;

    private enum Watch {
        CLOSED,
        ASKED_FOR,
        CREATED
    }

    Following(MachineSettings settings, Membership self, View view, Claims claims, OwnTerm ownTerm, Lowering lowering) {
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.claims = claims;
        this.lowering = lowering;
        this.earlier = new EarlierLeaders(settings.keys(), self.memory(), view);
        this.unbroken = new UnbrokenWatch(self, claims);
        this.departures = new Departures(settings, self, view, claims, ownTerm, lowering);
        this.reading = new Retry(settings.backOffCapNanos());
    }

    /** Whether the queue is known and followed. */
    boolean open() {
        return watch != Watch.CLOSED;
    }

    /** Whether the queue has been out of reach more than once in a row. */
    boolean failing() {
        return !open() && reading.failures() > 1;
    }

    /**
     * Whether a beat proves the place that was sent after the watch had been created. etcd#18089: a watch that starts
     * in the revision that is compacted loses a deletion in exactly that one; were it this member's own, it would lead
     * by a place that the others have seen vanish. A beat sent afterwards proves that it was not.
     */
    boolean confirms(Candidacy own) {
        return watch == Watch.CREATED && own.provenSince(createdAt);
    }

    /** Which creation of a watch it is by which the queue is followed now; 0 before it is created. */
    long creation() {
        return watch == Watch.CREATED ? creations : 0;
    }

    void advance(boolean entering, Decisions step) {
        if (open()) {
            unbroken.confirmWords(view);
        }
        if (open() && suspected != null && Timing.reached(suspectedAt + SUSPICION_NANOS, step.now())) {
            if (suspected.equals(question())) {
                close(step);
            }
            suspected = null;
        }
        if (watch == Watch.ASKED_FOR && Timing.reached(askedForAt + settings.requestNanos(), step.now())) {
            close(step);
            step.failed(Purpose.READ, reading, unavailable("etcd has not created a watch in time"));
        }
        if (!open() && !entering && reading.ready(step.now())) {
            step.commit(Purpose.READ, reading, Transactions.read(settings.keys()), settings.requestNanos());
        }
    }

    void onRead(RequestId request, TxnResult result, Decisions step) {
        if (!reading.accepts(request.number())) {
            return;
        }
        if (result.revision() < view.revision()) {
            step.failed(
                    Purpose.READ,
                    reading,
                    unavailable(
                            "etcd answered as of revision " + result.revision() + ", after it had told of later ones"));
            return;
        }
        step.answered(Purpose.READ, reading);
        List<KeyValue> range = Transactions.found(result, 0);
        if (!stands(range)) {
            claims.add(earlier.claim(range, result.revision(), step.now()));
        }
        take(range, result.revision(), step);
    }

    /**
     * Then nobody behind this member has led since it entered; and who was before it is in its view, or claimed for.
     */
    private boolean stands(List<KeyValue> range) {
        Candidacy own = self.candidacy();
        return own != null
                && range.stream()
                        .anyMatch(
                                each -> each.key().equals(own.key()) && each.createRevision() == own.createRevision());
    }

    void onReadFailed(RequestId request, StoreException cause, Decisions step) {
        if (reading.accepts(request.number())) {
            step.failed(Purpose.READ, reading, cause);
        }
    }

    /**
     * An entry has read the whole range. A watch that is open may have fallen silent long ago: whoever stood before
     * this member must be seen, or nobody would claim for him once he is gone.
     */
    void onEntered(List<KeyValue> range, long revision, Decisions step) {
        if (revision >= view.revision()) {
            step.dropped(Purpose.READ, reading);
            take(range, revision, step);
        }
        unbroken.toldAllUpTo(0);
    }

    void take(Input.OfWatch news, Decisions step) {
        if (news instanceof Input.WatchDelivered delivered) {
            onDelivered(delivered, step);
        } else if (news instanceof Input.WatchCreated created) {
            onCreated(created, step);
        } else if (news instanceof Input.WatchMoved moved) {
            onMoved(moved, step);
        } else if (news instanceof Input.WatchEnded ended) {
            onEnded(ended, step);
        } else if (news instanceof Input.Audited audited) {
            onAudited(audited, step);
        }
    }

    private void onCreated(Input.WatchCreated created, Decisions step) {
        if (watch == Watch.ASKED_FOR && created.generation() == generation) {
            watch = Watch.CREATED;
            createdAt = step.now();
            creations++;
        }
    }

    private void onMoved(Input.WatchMoved moved, Decisions step) {
        if (open() && moved.generation() == generation) {
            askedForAt = step.now();
            watch = Watch.ASKED_FOR;
        }
    }

    private void onDelivered(Input.WatchDelivered delivered, Decisions step) {
        if (!open() || delivered.generation() != generation) {
            return;
        }
        List<WatchEvent> events = delivered.events();
        int next = 0;
        while (next < events.size()) {
            long revision = events.get(next).revision();
            boolean news = revision > view.revision();
            SortedSet<Place> before = view.places();
            for (; next < events.size() && events.get(next).revision() == revision; next++) {
                unbroken.told(events.get(next));
                if (news) {
                    view.apply(events.get(next));
                } else {
                    departures.missed(events.get(next), step);
                }
            }
            if (news) {
                departures.after(before, revision, step);
            }
            unbroken.toldAllUpTo(revision);
        }
        reading.succeeded();
    }

    private void closed() {
        watch = Watch.CLOSED;
        unbroken.ends();
    }

    private void onEnded(Input.WatchEnded ended, Decisions step) {
        if (open() && ended.generation() == generation) {
            closed();
            if (Timing.reached(openedAt + self.timing().periodNanos(), step.now())) {
                reading.succeeded(); // It has served for a while: not one failure in a series.
            }
            step.failed(Purpose.READ, reading, ended.cause());
        }
    }

    private void onAudited(Input.Audited audited, Decisions step) {
        if (audited.agrees() || !audited.question().equals(question())) {
            suspected = null;
        } else if (suspected == null) {
            suspected = audited.question();
            suspectedAt = step.now();
        }
    }

    /** P6: what is seen, to be compared with the store; null where the view is not followed. */
    @Nullable
    AuditQuestion question() {
        if (!open()) {
            return null;
        }
        Candidacy own = self.candidacy();
        boolean seen = own != null && view.contains(own);
        return new AuditQuestion(
                settings.keys(),
                view.first()
                        .map(each -> new AuditQuestion.Seen(each.key(), each.createRevision()))
                        .orElse(null),
                own == null || !seen ? null : new AuditQuestion.Seen(own.key(), own.createRevision()),
                view.followedMark(),
                new AuditQuestion.Presence(
                        settings.keys().eviction(settings.id()),
                        view.evictions().evicts(settings.id())));
    }

    /** The history of the store is another one. */
    void forget(Decisions step) {
        close(step);
        lowering.forget();
        view.forget();
    }

    void close(Decisions step) {
        if (open()) {
            closed();
            step.add(new Effect.CloseWatch());
        }
        suspected = null;
        step.dropped(Purpose.READ, reading);
    }

    void wakeAt(Wakeup wakeup) {
        reading.wakeAt(wakeup);
        if (watch == Watch.ASKED_FOR) {
            wakeup.at(askedForAt + settings.requestNanos());
        }
        if (suspected != null) {
            wakeup.at(suspectedAt + SUSPICION_NANOS);
        }
    }

    private void take(List<KeyValue> range, long revision, Decisions step) {
        SortedSet<Place> before = view.places();
        view.replace(range, revision);
        if (!open()) {
            watch = Watch.ASKED_FOR;
            unbroken.begins(revision);
            askedForAt = step.now();
            openedAt = step.now();
            step.add(new Effect.OpenWatch(++generation, settings.keys().range(), revision + 1));
        }
        departures.after(before, 0, step);
    }

    private static StoreException unavailable(String found) {
        return new StoreException(StoreException.Kind.UNAVAILABLE, found, null);
    }
}
