package io.github.election4j.rig;

import java.time.Duration;

/** What befalls the process of one member. */
final class MemberBlows {
    private MemberBlows() {}

    /** It answers nothing. */
    record Pause(RigMember member, Duration length) implements Blow {
        @Override
        public void strike() {
            member.pause();
        }

        @Override
        public boolean tookEffect() {
            return member.standsStill();
        }

        @Override
        public void mend() {
            member.resume();
        }
    }

    /** Nothing of it is left that answers. */
    record Kill(Rig rig, RigMember member, Duration length) implements Blow {
        @Override
        public void strike() {
            member.kill();
        }

        @Override
        public boolean tookEffect() {
            return !member.isAlive() && member.standsStill();
        }

        @Override
        public void mend() {
            member.start();
            rig.awaitAnswers(member);
        }
    }

    /** Its own wall clock says so. */
    record ClockStep(RigMember member, Duration step, Duration length) implements Blow {
        private static final Duration ABOUT = Duration.ofSeconds(10);

        static ClockStep of(Scene scene, Duration step) {
            Rig rig = scene.rig();
            return new ClockStep(rig.withFalseClock(), step, rig.lease().plus(scene.upTo(2)));
        }

        @Override
        public void strike() {
            member.stepClock(step);
        }

        @Override
        public boolean tookEffect() {
            return member.wallClockError().minus(step).abs().compareTo(ABOUT) < 0;
        }

        @Override
        public void mend() {
            member.stepClock(Duration.ZERO);
        }
    }
}
