package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a member knows of itself: its session, its place in the queue, and what it is meant to do. */
final class Self {
    /** Enough for every claim that can still be open: a term that ended earlier is long over. */
    private static final int REMEMBERED_TERMS = 8;

    private final MachineSettings settings;
    private final Deque<Long> stopped = new ArrayDeque<>();
    private final Deque<Long> formerPlaces = new ArrayDeque<>();
    private Input.@Nullable SessionUp session;
    private @Nullable Place place;
    private boolean evicted;
    private boolean closing;
    private boolean leaving;

    Self(MachineSettings settings) {
        this.settings = settings;
        this.evicted = settings.evicted();
    }

    Input.@Nullable SessionUp session() {
        return session;
    }

    void session(Input.@Nullable SessionUp newSession) {
        session = newSession;
    }

    @Nullable
    Place place() {
        return place;
    }

    /** The key of this member under a session. */
    String key(Input.SessionUp current) {
        return settings.prefix() + Long.toHexString(current.leaseId());
    }

    void enters(Place entered) {
        place = entered;
    }

    /**
     * The place is known to be gone. Unless it was released, that is told when this member enters again (P7): whoever
     * saw the key vanish waits for a term of it, even if there was none, and nobody leads meanwhile.
     */
    void leaves(Place left, boolean released) {
        remember(formerPlaces, left.createRevision());
        if (!released) {
            remember(stopped, left.createRevision());
        }
        place = null;
        leaving = false;
    }

    /** Whether a key is or was this member's own, judged by its create revision. */
    boolean owns(long createRevision) {
        return formerPlaces.contains(createRevision) || (place != null && place.createRevision() == createRevision);
    }

    boolean sharesIdWith(Queue.Entry entry) {
        boolean sameKey = session != null && entry.key().equals(key(session));
        return !sameKey && entry.value().id().equals(settings.id()) && !owns(entry.createRevision());
    }

    boolean wanted() {
        return !evicted && !closing;
    }

    /** Whether the place in the queue is to be given up, for now or for good. */
    boolean leaving() {
        return leaving || !wanted();
    }

    void leave() {
        leaving = place != null;
    }

    boolean evicted() {
        return evicted;
    }

    void evicted(boolean newEvicted) {
        evicted = newEvicted;
    }

    boolean closing() {
        return closing;
    }

    void close() {
        closing = true;
    }

    Timing timing() {
        return session == null ? settings.timing() : session.timing();
    }

    Candidate candidate(Place at) {
        return new Candidate(settings.id(), settings.address(), at.key(), at.createRevision());
    }

    CandidateValue value(CandidateState state) {
        return new CandidateValue(
                settings.id(), settings.address(), timing().validityMillis(), state, List.copyOf(stopped));
    }

    private static void remember(Deque<Long> revisions, long revision) {
        revisions.addLast(revision);
        if (revisions.size() > REMEMBERED_TERMS) {
            revisions.removeFirst();
        }
    }
}
