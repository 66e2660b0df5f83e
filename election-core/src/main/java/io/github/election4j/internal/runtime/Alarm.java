package io.github.election4j.internal.runtime;

import java.util.OptionalLong;

/** The one alarm of a machine, moved as the machine changes its mind. Confined to the loop. */
final class Alarm {
    private final Environment environment;
    private final Runnable ring;
    private OptionalLong set = OptionalLong.empty();
    private Runnable cancel = () -> {};

    Alarm(Environment environment, Runnable ring) {
        this.environment = environment;
        this.ring = ring;
    }

    /**
     * Rings at this moment, or a little before: one that is set already and comes earlier is left as it is, since a
     * leader moves its alarm with each beat, and the machine looks at the clock whenever it is woken.
     */
    void set(OptionalLong moment) {
        boolean soonEnough = moment.isPresent() && set.isPresent() && set.getAsLong() - moment.getAsLong() <= 0;
        if (!soonEnough && !moment.equals(set)) {
            cancel.run();
            cancel = () -> {};
            set = moment;
            moment.ifPresent(this::schedule);
        }
    }

    private void schedule(long moment) {
        cancel = environment
                .loop()
                .schedule(this::rung, moment - environment.ticker().nanos());
    }

    private void rung() {
        set = OptionalLong.empty();
        ring.run();
    }
}
