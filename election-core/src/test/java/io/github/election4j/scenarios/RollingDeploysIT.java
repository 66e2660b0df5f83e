package io.github.election4j.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * P8: members are replaced one by one, in any order, each new one in the queue before an old one stops.
 * {@code -Delection4j.deploys=100} does it so often, {@code -Delection4j.seed=…} in the same order again.
 */
@Tag("proof")
@Tag("load")
@NeedsEtcd
class RollingDeploysIT {
    private static final int DEPLOYS = Integer.getInteger("election4j.deploys", 3);
    private static final long SEED = Long.getLong("election4j.seed", System.nanoTime());
    private static final int MEMBERS = 10;
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final String SAME_AGAIN = "-Delection4j.seed=" + SEED;

    private final Random random = new Random(SEED);
    /** How often a leader that was replaced had waited longest. */
    private final List<Integer> expected = new ArrayList<>();

    private final TestEtcd etcd = TestEtcd.started();
    private final List<Member> present = new ArrayList<>();
    private int started;

    @AfterEach
    void stop() {
        present.forEach(Member::close);
        etcd.close();
    }

    @Test
    void theLeadershipMovesOnceWhereTheNewestIsChosen() {
        List<Integer> handOvers = deploys(HandOverTo.NEWEST);

        assertThat(handOvers).as(SAME_AGAIN).hasSize(DEPLOYS).containsOnly(1);
    }

    @Test
    void itMovesWheneverItsOwnerStopsWhereTheNextIsChosen() {
        List<Integer> handOvers = deploys(HandOverTo.NEXT);

        assertThat(handOvers).as(SAME_AGAIN).isEqualTo(expected).hasSize(DEPLOYS);
    }

    /** {@return for each deploy, how many terms have begun in it} */
    private List<Integer> deploys(HandOverTo choice) {
        for (int i = 0; i < MEMBERS; i++) {
            start(choice);
        }
        List<Integer> handOvers = new ArrayList<>();
        for (int i = 0; i < DEPLOYS; i++) {
            handOvers.add(deploy(choice));
        }
        System.out.println("MEASURED rolling deploys of " + MEMBERS + ", " + choice + ": "
                + handOvers.stream().mapToInt(each -> each).summaryStatistics());
        return handOvers;
    }

    private int deploy(HandOverTo choice) {
        List<Member> old = new ArrayList<>(present);
        List<Member> all = new ArrayList<>(old);
        Collections.shuffle(old, random);
        int before = begun(all);
        expected.add(movesToTheNext(old));
        for (Member member : old) {
            all.add(start(choice));
            member.close();
            present.remove(member);
            await("somebody leads")
                    .atMost(Member.LIMIT)
                    .until(() -> present.stream().anyMatch(Member::isLeader));
        }
        await("all who led were told")
                .atMost(Member.LIMIT)
                .until(() -> present.stream()
                        .filter(Member::isLeader)
                        .allMatch(each -> !each.terms().isEmpty()));
        all.forEach(Member::assertTermsAlternate);
        return begun(all) - before;
    }

    private Member start(HandOverTo choice) {
        ElectionConfig config =
                ElectionConfig.of("/deploy/" + choice, "m" + ++started).withHandOverTo(choice);
        Member member = Member.join(config, LEASE, etcd.endpoint());
        present.add(member);
        String id = member.election().id();
        await("all see it in the queue")
                .atMost(Member.LIMIT)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> present.stream().allMatch(each -> sees(each, id)));
        return member;
    }

    private static boolean sees(Member member, String id) {
        return member.election().candidates().stream()
                .anyMatch(each -> each.id().equals(id));
    }

    /** All that are there stand in the queue in the order in which they came, the leader first. */
    private int movesToTheNext(List<Member> stopped) {
        List<Object> queue = new ArrayList<>(present);
        int moves = 0;
        for (Member member : stopped) {
            queue.add(new Object());
            moves += queue.indexOf(member) == 0 ? 1 : 0;
            queue.remove(member);
        }
        return moves;
    }

    private static int begun(List<Member> members) {
        return (int) members.stream()
                .flatMap(each -> each.terms().stream())
                .filter(each -> each.startsWith("+"))
                .count();
    }
}
