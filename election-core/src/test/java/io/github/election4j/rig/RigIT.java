package io.github.election4j.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.NeedsEtcd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * S1 and S2 in real time. {@code -Delection4j.rig.minutes=…} goes on for so long after each fault has struck once,
 * {@code -Delection4j.seed=…} repeats the order and the length of the faults.
 */
@Tag("proof")
@NeedsEtcd(real = true)
@NeedsRoot
class RigIT {
    private static final long SEED = Long.getLong("election4j.seed", System.nanoTime());
    private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("election4j.rig.minutes", 0));

    /**
     * In a gap as long as the lease a whole term could hide. It is half of that where thirty wait for each processor.
     */
    private static final Duration LARGEST_GAP = Duration.ofSeconds(4);

    @Test
    void noTwoMembersEverAnswerTrueAtOnceAndNoGuardedWriteLandsLate() throws IOException {
        System.out.println("[INFO] rig: -Delection4j.seed=" + SEED);
        Random random = new Random(SEED);
        List<RigFault> possible = RigFault.possible();
        try (Rig rig = Rig.start(RigProgram.engine())) {
            long until = System.nanoTime() + LENGTH.toNanos();
            RigFaults faults = new RigFaults(rig, random.nextLong());
            do {
                List<RigFault> order = new ArrayList<>(possible);
                Collections.shuffle(order, random);
                order.forEach(faults::strike);
                assertThat(rig.analysis().overlaps()).isEmpty();
            } while (System.nanoTime() - until < 0);

            Analysis analysis = rig.analysis();
            System.out.println(
                    "MEASURED rig: " + analysis + "; " + faults.endedTerms() + " ended by faults " + faults.done());
            assertThat(analysis.overlaps()).isEmpty();
            assertThat(analysis.samples()).isGreaterThan(10_000_000);
            assertThat(analysis.largestGap().length()).isLessThan(LARGEST_GAP);
            assertThat(analysis.terms()).as("terms").isGreaterThan(faults.endedTerms());
            assertThat(faults.done().keySet()).containsExactlyInAnyOrderElementsOf(possible);
            verifyWrites(rig);
            everybodyIsBack(rig);
        }
    }

    /** S2: in the order in which etcd took them, tokens never fall. */
    private static void verifyWrites(Rig rig) {
        String found = rig.etcdctl("get", RigMain.DATA, "--prefix", "--sort-by=MODIFY", "--print-value-only");
        List<Long> tokens = found.lines()
                .filter(line -> !line.isBlank())
                .map(Long::parseLong)
                .toList();
        System.out.println("MEASURED rig: " + tokens.size() + " guarded writes in "
                + tokens.stream().distinct().count() + " terms");
        assertThat(tokens).hasSizeGreaterThan(100).isSorted();
    }

    /** L2. */
    private static void everybodyIsBack(Rig rig) {
        await("all in the queue")
                .atMost(Duration.ofSeconds(30))
                .until(() -> rig.etcdctl("get", RigMain.KEY + "/", "--prefix", "--keys-only")
                                .lines()
                                .filter(line -> !line.isBlank())
                                .count()
                        == rig.members().size());
    }
}
