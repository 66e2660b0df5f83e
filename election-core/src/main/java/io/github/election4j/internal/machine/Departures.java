package io.github.election4j.internal.machine;

import io.github.election4j.spi.WatchEvent;
import java.util.Optional;
import java.util.SortedSet;

/** P7: makes a claim for every place that is gone and may have led. */
final class Departures {
    private final MachineSettings settings;
    private final Membership self;
    private final View view;
    private final Claims claims;
    private final OwnTerm ownTerm;
    private final Lowering lowering;
    private boolean warnedOfSameId;

    Departures(
            MachineSettings settings, Membership self, View view, Claims claims, OwnTerm ownTerm, Lowering lowering) {
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.claims = claims;
        this.ownTerm = ownTerm;
        this.lowering = lowering;
    }

    /**
     * P7: a place that is gone may have led if none stands that was before it. What stood between two reads and was
     * never seen came after every place that is seen, and led only once those were gone.
     *
     * @param revision the one revision in which it went, 0 if that is not known
     */
    void after(SortedSet<Place> before, long revision, Decisions step) {
        Optional<Place> first = view.first();
        for (Place each : before) {
            if (first.isPresent() && each.compareTo(first.get()) >= 0) {
                break;
            }
            if (each.ours() && !self.hasEnded(each)) {
                if (!view.mark().value().tells(each.createRevision())) {
                    claims.vanished(each.createRevision(), step.now() + each.waitNanos());
                    lowering.ask(each, revision, step);
                }
                if (hasReleased(each, before, revision)) {
                    ownTerm.ledUntilNow(each, step);
                }
            }
        }
        learn(step);
    }

    /**
     * Whether it has led until it said that it stopped. The word of a transfer names the last of those that gave way to
     * the chosen one and never led: in the revision in which it was given, the leader is the one that was first. Who
     * reads the queue later cannot tell them apart, and tells of none that was not the first.
     */
    private boolean hasReleased(Place gone, SortedSet<Place> before, long revision) {
        Mark mark = view.mark();
        boolean named = mark.value().released() == gone.createRevision();
        boolean transferred = mark.modRevision() == revision && mark.value().released() > gone.createRevision();
        return gone.equals(before.first()) && (named || (revision != 0 && transferred));
    }

    /** An entry has read the queue ahead of the watch: who came and went in between may have led. */
    void missed(WatchEvent event, Decisions step) {
        if (event instanceof WatchEvent.Put put && settings.keys().isPlace(put.key())) {
            Place place = Place.of(put.keyValue());
            if (place.ours()
                    && !view.contains(place)
                    && !self.owns(place)
                    && !view.mark().value().tells(place.createRevision())) {
                claims.vanished(place.createRevision(), step.now() + place.waitNanos());
            }
        }
    }

    private void learn(Decisions step) {
        self.memory().knows(view.mark().value().validityMillis(), view.revision());
        self.memory().knows(view.longestValidityMillis(), view.revision());
        claims.told(view.mark().value());
        if (!warnedOfSameId) {
            view.places().stream().filter(self::sharesIdWith).findFirst().ifPresent(each -> {
                warnedOfSameId = true;
                step.add(new Effect.Warn("Another member has the same id '"
                        + each.value().id() + "' (key " + each.key()
                        + "): this process before a restart, or a live one. Nothing unsafe follows, but nobody can"
                        + " tell the two apart: give every member an id of its own."));
            });
        }
    }
}
