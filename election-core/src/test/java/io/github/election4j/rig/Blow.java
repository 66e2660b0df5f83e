package io.github.election4j.rig;

import java.time.Duration;

/**
 * Something that is done to a rig and mended again. It tells whether it took effect: what is measured while nothing
 * happens looks just like what is measured under a fault that does no harm.
 */
interface Blow {
    void strike();

    /** Not before it strikes. Asked while it lasts, and again for a while if it does not show yet. */
    boolean tookEffect();

    default void mend() {}

    default Duration length() {
        return Duration.ZERO;
    }

    /** Two at once, for as long as the first. */
    record Both(Blow first, Blow second) implements Blow {
        @Override
        public void strike() {
            first.strike();
            second.strike();
        }

        @Override
        public boolean tookEffect() {
            return first.tookEffect() && second.tookEffect();
        }

        @Override
        public void mend() {
            second.mend();
            first.mend();
        }

        @Override
        public Duration length() {
            return first.length();
        }
    }
}
