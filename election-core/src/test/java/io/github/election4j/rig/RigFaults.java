package io.github.election4j.rig;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Does one thing after the other to a rig, for random times from a seed, and mends it again. */
final class RigFaults {
    private final Rig rig;
    private final Random random;
    private final Map<RigFault, Integer> done = new EnumMap<>(RigFault.class);

    RigFaults(Rig rig, long seed) {
        this.rig = rig;
        this.random = new Random(seed);
    }

    /** Those that took effect. */
    Map<RigFault, Integer> done() {
        return done;
    }

    /** How many terms cannot have outlasted them. */
    int endedTerms() {
        return done.entrySet().stream()
                .filter(each -> each.getKey().endsTerm())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Strikes at some moment while somebody leads, and returns when everything is mended and somebody leads again. */
    void strike(RigFault fault) {
        rig.awaitLeader();
        last(Duration.ofNanos((long) (random.nextDouble() * 1e9)));
        RigMember leader = rig.awaitLeader();
        int term = leader.begunTerms();
        System.out.println("[INFO] rig: " + System.nanoTime() + " " + fault + ", leader " + leader.id());
        undergo(fault, fault.blow(new Scene(rig, leader, random)));
        rig.etcds().forEach(RigEtcd::awaitHealthy);
        if (fault.endsTerm()) {
            await(fault + " ends the term of " + leader.id())
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> leader.endedTerms() >= term);
        }
        done.merge(fault, 1, Integer::sum);
        rig.awaitLeader();
        rig.members().forEach(RigMember::tameSpinner);
    }

    /** What shows the effect must not show it without the fault. */
    private static void undergo(RigFault fault, Blow blow) {
        await(fault + " shows no effect yet")
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(30))
                .until(() -> !blow.tookEffect());
        blow.strike();
        try {
            last(blow.length());
            await(fault + " takes effect").atMost(Duration.ofSeconds(30)).until(blow::tookEffect);
        } finally {
            blow.mend();
        }
    }

    /** A fault takes its time; nothing is expected of it but that it passes. */
    private static void last(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        await().atMost(length.plusSeconds(10)).until(() -> System.nanoTime() - until >= 0);
    }
}
