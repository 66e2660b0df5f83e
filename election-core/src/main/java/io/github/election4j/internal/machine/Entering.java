package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * P2: enters the queue. Under one lease there is one key, so an unknown outcome is simply asked again; a key that is
 * found there is adopted only if it is what would be put, and no place that was ended before.
 */
final class Entering {
    /** So often at once, if others have changed the mark meanwhile; then with jitter, not to meet them again. */
    private static final int TRIES_AT_ONCE = 3;

    private final MachineSettings settings;
    private final Membership self;
    private final View view;
    private final Claims claims;
    private final Following following;
    private final EarlierLeaders earlier;
    private final Retry enter;
    private final Retry remove;
    private final Retry ask;
    private @Nullable Attempt attempt;
    private @Nullable KeyValue unfit;
    private int moved;
    private boolean unknown;

    /** What was sent, to which the reply belongs. */
    private record Attempt(CandidateValue value, Mark guard, MarkValue joined, MarkValue words) {}

    Entering(MachineSettings settings, Membership self, View view, Claims claims, Following following) {
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.claims = claims;
        this.following = following;
        this.earlier = new EarlierLeaders(settings.keys(), self.memory(), view);
        this.enter = new Retry(settings.backOffCapNanos());
        this.remove = new Retry(settings.backOffCapNanos());
        this.ask = new Retry(settings.backOffCapNanos());
    }

    boolean inFlight() {
        return enter.inFlight();
    }

    /** Whether a key of this member may come to be, or be there, that is not known yet. */
    boolean unresolved() {
        return unknown || unfit != null || enter.inFlight() || ask.inFlight();
    }

    void advance(boolean mayEnter, Decisions step) {
        Input.SessionUp session = self.session();
        if (session == null || self.candidacy() != null || enter.inFlight() || ask.inFlight()) {
            return;
        }
        if (!self.wanted()) {
            findLate(session);
        }
        if (unfit != null) {
            removeUnfit(unfit, step);
        } else if (self.wanted()) {
            if (mayEnter && enter.ready(step.now())) {
                enter(session, step);
            }
        } else if (unknown && ask.ready(step.now())) {
            step.commit(Purpose.ASK, ask, Transactions.ask(self.key(session)), settings.requestNanos());
        }
    }

    void onEntered(RequestId request, TxnResult result, Decisions step) {
        Input.SessionUp session = self.session();
        Attempt sent = attempt;
        if (!enter.accepts(request.number()) || session == null || sent == null) {
            return;
        }
        List<KeyValue> range = Transactions.found(result, 0);
        if (result.succeeded()) {
            step.succeeded(Purpose.ENTER, enter);
            entered(session, sent, range, result.revision(), step);
            return;
        }
        view.learn(view.markIn(range), result.revision());
        view.evictions().replace(range, result.revision());
        Optional<KeyValue> own = range.stream()
                .filter(each -> each.key().equals(self.key(session)))
                .findFirst();
        if (own.isPresent()) {
            step.succeeded(Purpose.ENTER, enter);
            found(own.get(), sent, range, result.revision(), step);
        } else if (view.evictions().evicts(settings.id())) {
            attempt = null;
            enter.answered();
        } else if (++moved < TRIES_AT_ONCE) {
            enter.answered();
        } else {
            enter.failed(step.now(), step.random());
        }
    }

    void onRemoved(RequestId request, Decisions step) {
        if (remove.accepts(request.number())) {
            step.succeeded(Purpose.REMOVE, remove);
            attempt = null;
            unfit = null;
        }
    }

    void onAsked(RequestId request, TxnResult result, Decisions step) {
        if (ask.accepts(request.number())) {
            step.succeeded(Purpose.ASK, ask);
            attempt = null;
            unknown = false;
            unfit = Transactions.one(result, 0).orElse(null);
        }
    }

    void onFailed(RequestId request, StoreException cause, Decisions step) {
        Retry failed = retry(request.purpose());
        Input.SessionUp session = self.session();
        if (!failed.accepts(request.number()) || session == null) {
            return;
        }
        switch (cause.kind()) {
            case LEASE_NOT_FOUND -> step.add(new Effect.LeaseGone(session.leaseId()));
            case UNAVAILABLE -> unknown |= request.purpose() == Purpose.ENTER;
            default -> {}
        }
        step.failed(request.purpose(), failed, cause);
    }

    /** The session is another one, and no key of the former is this member's any more. */
    void reset(Decisions step) {
        step.dropped(Purpose.ENTER, enter);
        step.dropped(Purpose.REMOVE, remove);
        step.dropped(Purpose.ASK, ask);
        attempt = null;
        unfit = null;
        unknown = false;
    }

    void wakeAt(Wakeup wakeup) {
        enter.wakeAt(wakeup);
        remove.wakeAt(wakeup);
        ask.wakeAt(wakeup);
    }

    private void enter(Input.SessionUp session, Decisions step) {
        // The same in all attempts for a place: one of unknown outcome is known by its value.
        long since = attempt == null ? step.wallMillis() : attempt.value().sinceMillis();
        CandidateValue value = self.value(since);
        MarkValue words = self.memory().owed();
        long validity = Math.max(value.validityMillis(), self.memory().longestValidityMillis());
        MarkValue joined = view.mark().value().withValidity(validity).withWords(words);
        Attempt sent = new Attempt(value, view.mark(), joined, words);
        attempt = sent;
        step.commit(
                Purpose.ENTER,
                enter,
                Transactions.enter(settings.keys(), self.key(session), value, session.leaseId(), sent.guard(), joined),
                settings.requestNanos());
    }

    private void entered(Input.SessionUp session, Attempt sent, List<KeyValue> before, long revision, Decisions step) {
        String key = self.key(session);
        self.memory().told(sent.words());
        view.learn(Mark.written(sent.joined(), revision), revision);
        KeyValue own = new KeyValue(key, sent.value().text(), revision, revision, session.leaseId());
        List<KeyValue> range = new ArrayList<>(before);
        range.removeIf(each -> each.key().equals(settings.keys().mark()));
        range.add(new KeyValue(settings.keys().mark(), sent.joined().text(), revision, revision, 0));
        range.add(own);
        boolean cleanStart = sent.guard().absent()
                && places(before).stream().noneMatch(Place::ours)
                && !self.memory().knewBefore(revision);
        take(own, sent, range, revision, cleanStart, step);
    }

    /** Something stands under this member's key: an earlier attempt took effect after all, or it is none of those. */
    private void found(KeyValue own, Attempt sent, List<KeyValue> range, long revision, Decisions step) {
        boolean asSent = own.value().equals(sent.value().text());
        if (asSent && own.createRevision() > self.memory().lastHeld(own.key())) {
            take(own, sent, range, revision, false, step);
        } else {
            unfit = own;
        }
    }

    private void take(
            KeyValue own, Attempt sent, List<KeyValue> range, long revision, boolean cleanStart, Decisions step) {
        attempt = null;
        unknown = false;
        moved = 0;
        long validityNanos = Timing.millis(sent.value().validityMillis());
        Instant since = sent.value().since();
        Candidacy candidacy = new Candidacy(own.key(), own.lease(), own.createRevision(), validityNanos, since);
        self.enters(candidacy);
        Claims.Entry claim = earlier.claim(range, revision, step.now());
        if (!cleanStart) {
            if (own.createRevision() == revision && following.open()) {
                claims.enteredFollowing(revision, claim);
            } else {
                claims.add(claim);
            }
        }
        following.onEntered(range, revision, step);
        claims.told(view.mark().value());
    }

    private void removeUnfit(KeyValue found, Decisions step) {
        if (!remove.inFlight() && remove.ready(step.now())) {
            self.memory().held(found.key(), found.createRevision());
            self.memory().owe(found.createRevision());
            step.commit(
                    Purpose.REMOVE,
                    remove,
                    Transactions.remove(found.key(), found.createRevision()),
                    settings.requestNanos());
        }
    }

    /** The watch has told of a key of this member, who stays out. */
    private void findLate(Input.SessionUp session) {
        Place late = view.find(self.key(session));
        if (late != null
                && unfit == null
                && late.createRevision() > self.memory().lastHeld(late.key())) {
            unknown = false;
            unfit = new KeyValue(
                    late.key(), late.value().text(), late.createRevision(), late.createRevision(), session.leaseId());
        }
    }

    private List<Place> places(List<KeyValue> range) {
        return range.stream()
                .filter(each -> settings.keys().isPlace(each.key()))
                .map(Place::of)
                .toList();
    }

    private Retry retry(Purpose purpose) {
        return switch (purpose) {
            case REMOVE -> remove;
            case ASK -> ask;
            default -> enter;
        };
    }
}
