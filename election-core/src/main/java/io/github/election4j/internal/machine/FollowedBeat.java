package io.github.election4j.internal.machine;

import org.jspecify.annotations.Nullable;

/** P7: how far the beat of the first place has come, as this process first knew it. Confined to its machine. */
final class FollowedBeat {
    private @Nullable String key;
    private long revision;
    private long receivedAt;

    /** Follows this beat from now on, or none; what was known of another one is forgotten. */
    void follow(@Nullable String beat, Decisions step) {
        if (beat == null ? key != null : !beat.equals(key)) {
            key = beat;
            revision = 0;
            step.add(new Effect.Follow(beat));
        }
    }

    void heard(Input.BeatHeard heard) {
        if (heard.beat().equals(key) && heard.revision() > revision) {
            revision = heard.revision();
            receivedAt = heard.receivedAt();
        }
    }

    /** Another process, or another history of this one, has to be told anew. */
    void forget() {
        key = null;
        revision = 0;
    }

    boolean knows(@Nullable String beat) {
        return beat != null && beat.equals(key) && revision != 0;
    }

    long revision() {
        return revision;
    }

    long receivedAt() {
        return receivedAt;
    }
}
