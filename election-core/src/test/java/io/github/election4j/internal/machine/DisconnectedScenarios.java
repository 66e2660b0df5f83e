package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class DisconnectedScenarios extends Scenario {
    @Test
    void isTheStateWhileTheSessionCannotBeRenewed() {
        leader("a");
        Peer member = follower("b");

        member.handle(new Input.SessionHealth(false));
        assertThat(member.state()).isEqualTo(ElectionState.DISCONNECTED);

        member.handle(new Input.SessionHealth(true));
        assertThat(member.state()).isEqualTo(ElectionState.WAITING);
    }

    @Test
    void isTheStateWhileTheQueueCannotBeRead() {
        leader("a");
        Peer member = follower("b");
        member.network().fault(Fault.LOST, Ask.READ);

        member.endWatch(Kind.UNAVAILABLE);
        settle();
        assertThat(member.state()).as("one failure is one endpoint's").isEqualTo(ElectionState.WAITING);
        seconds(5);
        assertThat(member.state()).isEqualTo(ElectionState.DISCONNECTED);

        member.heal();
        seconds(5);
        assertThat(member.state()).isEqualTo(ElectionState.WAITING);
    }

    @Test
    void retriesForEverAndTellsEachTime() {
        Peer member = world.peer("a");
        member.cut();
        member.start();

        seconds(600);

        long tried = member.requests(Ask.READ);
        assertThat(tried).isGreaterThan(100);
        assertThat(member.effects(Effect.Report.class)).hasSizeBetween((int) tried - 1, (int) tried);
        member.heal();
        world.runUntil(member::isLeader, REQUEST.plus(PERIOD));
        assertThat(member.effects(Effect.Recovered.class)).isNotEmpty();
    }

    /** Or its status would tell of the outage until the next one. */
    @Test
    void failsNoMoreOnceItLeadsAgainInAnotherSession() {
        Peer member = leader("a");
        member.cut();
        seconds(5);
        assertThat(failures(member)).containsEntry("heartbeat", true);
        member.heal();
        member.loseSession();

        world.runUntil(member::isLeader, Duration.ofSeconds(60));

        assertThat(failures(member)).containsEntry("heartbeat", false).doesNotContainValue(true);
    }

    @Test
    void failsNoMoreOnceTheKeyThatCouldNotBeReleasedIsGone() {
        Peer member = leader("a");
        member.network().fault(Fault.LOST, Ask.RETIRE);
        member.command(Input.Command.Type.EVICT);
        seconds(5);
        assertThat(failures(member)).containsEntry("release", true);

        member.loseSession();
        settle();

        assertThat(failures(member)).containsEntry("release", false);
    }

    /** By operation, whether the last word on it is that it failed. */
    private static Map<String, Boolean> failures(Peer member) {
        Map<String, Boolean> last = new LinkedHashMap<>();
        for (Effect effect : member.effects()) {
            if (effect instanceof Effect.Report report) {
                last.put(report.operation(), true);
            } else if (effect instanceof Effect.Recovered recovered) {
                last.replace(recovered.operation(), false);
            }
        }
        for (SessionEffect effect : member.sessionEffects(SessionEffect.class)) {
            if (effect instanceof SessionEffect.Report report) {
                last.put(report.operation(), true);
            } else if (effect instanceof SessionEffect.Recovered recovered) {
                last.replace(recovered.operation(), false);
            }
        }
        return last;
    }

    /** P11: also of permissions, where the answer comes at once. */
    @Test
    void backsOffFromARefusal() {
        world.random(0.999);
        Peer member = world.peer("a");
        member.network().deny("/e.~");
        member.start();

        seconds(60);

        assertThat(member.requests().size()).isBetween(36, 80);
    }

    @Test
    void startsToBackOffAnewAfterASuccess() {
        world.random(0.999);
        Peer member = world.peer("a");
        member.network().fault(Fault.REFUSED, Ask.ENTER);
        member.start();
        seconds(60);
        member.network().heal();
        world.runUntil(member::isLeader, PERIOD.plus(MOMENT));

        member.network().fault(Fault.REFUSED, Ask.ENTER);
        world.store().delete(member.key());
        settle();
        List<Integer> attempts = member.effects(Effect.Report.class).stream()
                .map(Effect.Report::attempt)
                .toList();

        assertThat(attempts).last().satisfies(attempt -> assertThat(attempt).isLessThan(4));
    }

    @Test
    void aWatchThatEndsAgainAndAgainIsNotReopenedInAHotLoop() {
        world.random(0.999);
        Peer member = world.peer("a").start();
        settle();
        for (int i = 0; i < 10; i++) {
            long before = member.effects(Effect.OpenWatch.class).size();
            member.endWatch(Kind.UNAVAILABLE);
            world.runUntil(() -> member.effects(Effect.OpenWatch.class).size() > before, LEASE);
        }

        assertThat(world.elapsed()).isGreaterThan(PERIOD);
    }

    @Test
    void doesNotEnterWithoutASession() {
        leader("a");
        Peer member = follower("b");
        long before = member.requests(Ask.ENTER);

        member.network().fault(Fault.LOST, Ask.GRANT);
        member.loseSession();
        seconds(1);

        assertThat(member.requests(Ask.ENTER)).isEqualTo(before);
        assertThat(member.state()).isEqualTo(ElectionState.WAITING);
    }

    @Test
    void nobodyLeadsLongerThanTheValidityAndSomebodyDoesWhenItIsOver() {
        Peer leader = leader("a");
        Peer follower = follower("b");
        leader.cut();
        follower.cut();
        seconds(30);
        assertThat(leader.isLeader()).isFalse();
        assertThat(follower.isLeader()).isFalse();

        leader.heal();
        follower.heal();
        world.runUntil(() -> leader.isLeader() || follower.isLeader(), LEASE.plus(LEASE));

        seconds(10);
        assertThat(leader.isLeader() || follower.isLeader()).isTrue();
    }
}
