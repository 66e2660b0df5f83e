package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** P7: what an election knows of the beat of the first place. */
class FollowedBeatTests {
    private static final String BEAT = "/election4j/beat/9/0";
    private static final long NOW = Long.MAX_VALUE;

    private final FollowedBeat beat = new FollowedBeat();
    private final Decisions step = new Decisions(new Moment(NOW, 0, 0.5));

    @Test
    void keepsWhenItFirstKnewOfTheNewestRevision() {
        beat.follow(BEAT, step);

        beat.heard(new Input.BeatHeard(BEAT, 5, NOW));
        beat.heard(new Input.BeatHeard(BEAT, 5, NOW + 10));
        beat.heard(new Input.BeatHeard(BEAT, 4, NOW + 20));

        assertThat(beat.revision()).isEqualTo(5);
        assertThat(beat.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void goesOnWithANewerRevision() {
        beat.follow(BEAT, step);

        beat.heard(new Input.BeatHeard(BEAT, 5, NOW));
        beat.heard(new Input.BeatHeard(BEAT, 6, NOW + 10));

        assertThat(beat.revision()).isEqualTo(6);
        assertThat(beat.receivedAt()).isEqualTo(NOW + 10);
    }

    @Test
    void takesNothingFromAnotherBeat() {
        beat.follow(BEAT, step);

        beat.heard(new Input.BeatHeard("/election4j/beat/8/0", 5, NOW));

        assertThat(beat.knows(BEAT)).isFalse();
    }

    @Test
    void forgetsOneBeatForAnotherButNotForItself() {
        beat.follow(BEAT, step);
        beat.heard(new Input.BeatHeard(BEAT, 5, NOW));
        beat.follow(BEAT, step);
        assertThat(beat.knows(BEAT)).isTrue();

        beat.follow(null, step);
        beat.follow(BEAT, step);

        assertThat(beat.knows(BEAT)).isFalse();
        assertThat(step.effects())
                .containsExactly(new Effect.Follow(BEAT), new Effect.Follow(null), new Effect.Follow(BEAT));
    }
}
