package io.github.election4j.simulation;

import java.time.Duration;
import java.util.Random;

/** Every random decision of a run; faults cease when it is calmed. */
final class Chance {
    private final Random random;
    private boolean calm;

    Chance(long seed) {
        this.random = new Random(seed);
    }

    void calm() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }

    /** Whether a fault of so many in a thousand strikes. */
    boolean strikes(int inAThousand) {
        return random.nextInt(1000) < inAThousand && !calm;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    double fraction() {
        return random.nextDouble();
    }

    long bits() {
        return random.nextLong();
    }

    long nanos(Duration most) {
        return (long) (random.nextDouble() * most.toNanos());
    }

    /** One way over the network: mostly fast, sometimes slow, and now and then slower than any timeout. */
    long way() {
        if (strikes(20)) {
            return nanos(Duration.ofSeconds(6));
        }
        return strikes(100) ? nanos(Duration.ofMillis(300)) : 200_000 + nanos(Duration.ofMillis(2));
    }
}
