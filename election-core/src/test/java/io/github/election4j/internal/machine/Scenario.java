package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.internal.machine.Network.Fault;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the tests of every state share: a world, and the ways to get somewhere in it. */
abstract class Scenario {
    static final Duration LEASE = Duration.ofSeconds(10);
    static final Duration VALIDITY = Duration.ofSeconds(8);
    static final Duration WAIT = Duration.ofMillis(8_800);
    static final Duration PERIOD = Duration.ofNanos(LEASE.toNanos() / 3);
    static final Duration STEP_DOWN = Duration.ofSeconds(5);
    static final Duration REQUEST = Duration.ofSeconds(2);
    static final Duration MOMENT = Duration.ofMillis(60);
    /** Who waits this long after a silent leader replaces it: D is 0.909 s, and so is a quarter of it a beat. */
    static final Timing FAIL_OVER =
            new Timing(LEASE.toNanos(), Duration.ofSeconds(1).toNanos());

    final World world = new World(getClass().getEnclosingClass() == ElectionMachineAnswersFirstTests.class);

    /** A member that leads after a clean start. */
    Peer leader(String id) {
        return leader(world.peer(id));
    }

    Peer leader(Peer leader) {
        leader.start();
        world.runUntil(leader::isLeader, MOMENT);
        settle();
        return leader;
    }

    Peer follower(String id) {
        return follower(world.peer(id));
    }

    Peer follower(Peer follower) {
        follower.start();
        settle();
        assertThat(follower.found()).as("key of " + follower.id()).isNotNull();
        assertThat(follower.isLeader()).isFalse();
        return follower;
    }

    /** One that has waited out whatever may have been before it came. */
    Peer veteran(String id) {
        return veteran(world.peer(id));
    }

    Peer veteran(Peer follower) {
        follower(follower);
        world.runFor(WAIT);
        return follower;
    }

    /** An election that somebody has left without a word: the next one must wait. */
    Peer waitingOutTheMark(String id) {
        world.store().put(World.MARK, mark(8_000));
        return follower(id);
    }

    /** Lets what is under way arrive. */
    void settle() {
        world.runFor(MOMENT);
    }

    void seconds(double seconds) {
        world.runFor(Duration.ofNanos((long) (seconds * 1e9)));
    }

    void hold(Peer peer, Ask... asks) {
        peer.network().fault(Fault.HELD, asks);
    }

    /** The mark in the store; it says nothing where there is none. */
    MarkValue mark() {
        var found = world.store().get(World.MARK);
        return found == null ? MarkValue.NOTHING : MarkValue.parse(found.value());
    }

    /** Somebody writes the mark and deletes keys in one revision. */
    void say(MarkValue words, String... deleted) {
        List<Txn.Op> ops = new ArrayList<>(List.of(new Txn.Put(World.MARK, words.text(), 0)));
        for (String key : deleted) {
            ops.add(new Txn.Delete(key));
        }
        world.store().commit(new Txn(List.of(), ops, List.of()));
    }

    /** A place that somebody's process took, of which nothing more is heard. */
    String put(String lease, long validityMillis) {
        world.store().put(World.PREFIX + lease, value("x" + lease, validityMillis));
        return World.PREFIX + lease;
    }

    long place(String key) {
        return Objects.requireNonNull(world.store().get(key), key).createRevision();
    }

    long revisionOf(String key) {
        return Objects.requireNonNull(world.store().get(key), key).modRevision();
    }

    static List<ChangeReason> ends(Peer peer) {
        return peer.effects(Effect.EndTerm.class).stream()
                .map(Effect.EndTerm::reason)
                .toList();
    }

    static long terms(Peer peer) {
        return peer.effects(Effect.BeginTerm.class).size();
    }

    static List<String> warnings(Peer peer) {
        return peer.effects(Effect.Warn.class).stream()
                .map(Effect.Warn::message)
                .toList();
    }

    static String value(String id, long validityMillis) {
        return new CandidateValue(id, "", validityMillis, 0, 0).text();
    }

    static String mark(long validityMillis) {
        return new MarkValue(validityMillis, 0, List.of()).text();
    }
}
