package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.internal.wire.CandidateValue;
import org.jspecify.annotations.Nullable;

/** What a member knows of itself: its session, its candidacy, and what it is meant to do. */
final class Membership {
    private final MachineSettings settings;
    private final ElectionMemory memory;
    private Input.@Nullable SessionUp session;
    private @Nullable Candidacy candidacy;
    private boolean evicted;
    /** By an eviction that lasts. */
    private boolean evictedInStore;

    private boolean closing;
    /** Who has asked for what the candidacy is given up for; empty if nobody did. */
    private String askedBy = "";
    /** To whom the present leadership is to be handed over. */
    private @Nullable String successor;
    /** The candidacy is to be given up, whatever is asked meanwhile. */
    private boolean leaving;

    Membership(MachineSettings settings, ElectionMemory memory) {
        this.settings = settings;
        this.memory = memory;
        this.evicted = settings.evicted();
    }

    ElectionKeys keys() {
        return settings.keys();
    }

    String id() {
        return settings.id();
    }

    ElectionMemory memory() {
        return memory;
    }

    Input.@Nullable SessionUp session() {
        return session;
    }

    void session(Input.@Nullable SessionUp newSession) {
        session = newSession;
    }

    @Nullable
    Candidacy candidacy() {
        return candidacy;
    }

    /** The key of this member under a session. */
    String key(Input.SessionUp current) {
        return keys().place(current.leaseId());
    }

    void enters(Candidacy entered) {
        candidacy = entered;
        askedBy = ""; // Of this place nobody has asked for the end yet.
        memory.held(entered.key(), entered.createRevision());
    }

    /** The candidacy is known to be gone; what is said of it is told with the next entry, unless it was said. */
    void leaves(Candidacy left, boolean wordTold) {
        if (!wordTold) {
            owe(left);
        }
        candidacy = null;
        leaving = false;
        successor = null;
        askedBy = "";
    }

    private void owe(Candidacy left) {
        if (left.led()) {
            memory.oweRelease(left.createRevision());
        } else {
            memory.owe(left.createRevision());
        }
    }

    /** Whether a place is or was this member's own, as far as is known: an entry may be seen before it is answered. */
    boolean owns(Place place) {
        return memory.owns(place.createRevision())
                || (session != null && place.key().equals(key(session)));
    }

    /** Whether a place that is gone is or was one's own, so that nobody has to wait for it here. */
    boolean hasEnded(Place gone) {
        return memory.owns(gone.createRevision());
    }

    boolean sharesIdWith(Place place) {
        return place.value().id().equals(settings.id()) && !owns(place);
    }

    boolean wanted() {
        return !evicted && !evictedInStore && !closing;
    }

    /** Whether the candidacy is to be given up, for now or for good. */
    boolean leaving() {
        return leaving || !wanted();
    }

    void leave() {
        leaving = candidacy != null;
    }

    /** By a command to this process, which a restart forgets. */
    boolean evicted() {
        return evicted;
    }

    void evicted(boolean newEvicted) {
        evicted = newEvicted;
    }

    boolean evictedInStore() {
        return evictedInStore;
    }

    void evictedInStore(boolean newEvicted) {
        evictedInStore = newEvicted;
    }

    /** The id of who was named to lead after this member; null for nobody. */
    @Nullable
    String successor() {
        return successor;
    }

    void successor(String id) {
        successor = id;
    }

    String askedBy() {
        return askedBy;
    }

    void askedBy(String who) {
        askedBy = who;
    }

    boolean staysOut() {
        return evicted || evictedInStore;
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

    Candidate candidate(Candidacy own) {
        return new Candidate(settings.id(), settings.address(), own.key(), own.createRevision(), own.since());
    }

    /** What this member's key says under its present session. */
    CandidateValue value(long sinceMillis) {
        return new CandidateValue(
                settings.id(), settings.address(), timing().validityMillis(), settings.group(), sinceMillis);
    }
}
