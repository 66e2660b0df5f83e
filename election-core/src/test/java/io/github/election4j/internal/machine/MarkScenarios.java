package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.machine.Input.Command;
import io.github.election4j.internal.machine.Tag.Purpose;
import io.github.election4j.spi.StoreException.Kind;
import org.junit.jupiter.api.Test;

/** P7: the last one to leave removes the mark. */
abstract class MarkScenarios extends Scenario {
    @Test
    void isRemovedByTheLastToLeave() {
        Peer member = leader("a");

        member.command(Command.Type.EVICT);
        settle();

        assertThat(world.store().get(World.MARK)).isNull();
    }

    @Test
    void isKeptByWhoComesBack() {
        Peer member = leader("a");

        member.command(Command.Type.RESIGN);
        settle();

        assertThat(world.store().get(World.MARK)).isNotNull();
        assertThat(member.requests()).doesNotContain(Purpose.READ_MARK, Purpose.REMOVE_MARK);
    }

    @Test
    void isKeptWhileSomebodyIsLeft() {
        Peer member = leader("a");
        follower("b");

        member.command(Command.Type.EVICT);
        settle();

        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    @Test
    void isKeptIfSomebodyEntersJustBeforeItsRemoval() {
        Peer member = leader("a");
        hold(member, Purpose.REMOVE_MARK);
        member.command(Command.Type.EVICT);
        settle();
        follower("b");

        member.network().held(Purpose.REMOVE_MARK).send();
        settle();

        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    /** The one who was not seen may still be valid. */
    @Test
    void isKeptIfSomebodyCameAndWentBeforeItWasRead() {
        Peer member = leader("a");
        hold(member, Purpose.READ_MARK);
        member.command(Command.Type.EVICT);
        settle();
        Peer other = follower("b");
        other.freeze();
        world.store().delete(other.key());

        member.network().held(Purpose.READ_MARK).send();
        settle();

        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    @Test
    void isKeptBeforeTheHorizonHasPassed() {
        Peer member = waitingOutTheMark("a");

        member.command(Command.Type.EVICT);
        settle();

        assertThat(member.found()).isNull();
        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    /** What happened before its own deletion, and has not arrived, could be another's entry. */
    @Test
    void isKeptUntilTheWatchHasSeenTheOwnDeletion() {
        Peer member = leader("a");
        member.silence();

        member.command(Command.Type.EVICT);
        settle();

        assertThat(member.found()).isNull();
        assertThat(member.requests()).doesNotContain(Purpose.READ_MARK, Purpose.REMOVE_MARK);
    }

    /** Whose watch lags behind its own entry, and so behind another's coming and going. */
    @Test
    void isKeptByWhoHasNotSeenItsOwnEntry() {
        Peer member = world.peer("a");
        hold(member, Purpose.ENTER);
        member.start();
        settle();
        member.silence();
        member.network().held(Purpose.ENTER).send();
        settle();
        Peer other = follower("b");
        other.freeze();
        world.store().delete(other.key());

        member.command(Command.Type.EVICT);
        settle();

        assertThat(member.found()).isNull();
        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    @Test
    void isKeptByWhoDoesNotFollowTheQueue() {
        Peer member = leader("a");
        hold(member, Purpose.READ_QUEUE);
        member.endWatch(Kind.UNAVAILABLE);

        member.command(Command.Type.EVICT);
        seconds(1);

        assertThat(member.found()).isNull();
        assertThat(world.store().get(World.MARK)).isNotNull();
    }

    @Test
    void isKeptIfItCannotBeRead() {
        Peer member = leader("a");
        member.network().fault(Network.Fault.LOST, Purpose.READ_MARK);

        member.command(Command.Type.CLOSE);
        seconds(3);

        assertThat(world.store().get(World.MARK)).isNotNull();
        assertThat(member.effects(Effect.Closed.class)).hasSize(1);
    }
}
