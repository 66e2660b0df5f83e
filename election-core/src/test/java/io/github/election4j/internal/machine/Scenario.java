package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.machine.Tag.Purpose;
import java.time.Duration;
import java.util.List;

/** What the tests of every state share: a world, and the ways to get somewhere in it. */
abstract class Scenario {
    static final Duration LEASE = Duration.ofSeconds(10);
    static final Duration VALIDITY = Duration.ofSeconds(8);
    static final Duration WAIT = Duration.ofMillis(8_800);
    static final Duration PERIOD = Duration.ofNanos(LEASE.toNanos() / 3);
    static final Duration STEP_DOWN = Duration.ofSeconds(5);
    static final Duration REQUEST = Duration.ofSeconds(2);
    static final Duration MOMENT = Duration.ofMillis(60);

    final World world = new World();

    /** A member that leads after a clean start. */
    Peer leader(String id) {
        Peer leader = world.peer(id).start();
        world.runUntil(leader::isLeader, MOMENT);
        settle();
        return leader;
    }

    Peer follower(String id) {
        Peer follower = world.peer(id).start();
        settle();
        assertThat(follower.found()).as("key of " + id).isNotNull();
        assertThat(follower.isLeader()).isFalse();
        return follower;
    }

    /** An election that somebody has left without a word: the next one must wait. */
    Peer waitingOutTheMark(String id) {
        world.store().put(World.MARK, "8000");
        return follower(id);
    }

    /** Lets what is under way arrive. */
    void settle() {
        world.runFor(MOMENT);
    }

    void seconds(double seconds) {
        world.runFor(Duration.ofNanos((long) (seconds * 1e9)));
    }

    void hold(Peer peer, Purpose... purposes) {
        peer.network().fault(Fault.HELD, purposes);
    }

    static List<ChangeReason> ends(Peer peer) {
        return peer.effects(Effect.EndTerm.class).stream()
                .map(Effect.EndTerm::reason)
                .toList();
    }

    static long terms(Peer peer) {
        return peer.effects(Effect.BeginTerm.class).size();
    }

    static String value(String id, long validityMillis, String state) {
        return "{\"id\":\"" + id + "\",\"addr\":\"\",\"validityMs\":" + validityMillis + ",\"state\":\"" + state
                + "\",\"stopped\":[]}";
    }
}
