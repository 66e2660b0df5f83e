package io.github.election4j.simulation;

import io.github.election4j.Election;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: three members, some minutes of faults, and then a while of peace in which everybody must return. */
final class Simulation {
    static final String KEY = "/simulated";
    private static final Duration FAULTS = Duration.ofSeconds(90);
    private static final Duration PEACE = Duration.ofSeconds(60);
    private static final int MEMBERS = 3;

    private final VirtualTime time = new VirtualTime();
    private final Chance chance;
    private final Checkers checkers = new Checkers(time);
    private final SimulatedEtcd etcd = new SimulatedEtcd(time);
    private final List<SimulatedMember> members = new ArrayList<>();
    private long compactedAt = 1;

    Simulation(long seed) {
        this.chance = new Chance(seed);
    }

    /** Returns the number of terms; throws what a checker found, with the transcript. */
    long run() {
        try {
            for (int i = 1; i <= MEMBERS; i++) {
                Duration lease = Duration.ofSeconds(2 + chance.below(5));
                SimulatedMember member = new SimulatedMember(time, chance, etcd, checkers, "m" + i, lease);
                members.add(member);
                time.in(chance.nanos(Duration.ofSeconds(3)), member::start);
            }
            time.in(chance.nanos(Duration.ofSeconds(5)), this::fault);
            time.runUntil(FAULTS, this::look);
            peace();
            time.runUntil(FAULTS.plus(PEACE), this::look);
            allHaveReturned();
            return checkers.terms();
        } catch (RuntimeException | AssertionError found) {
            throw new AssertionError(found + "\n" + String.join("\n", checkers.transcript()), found);
        }
    }

    private void look() {
        checkers.oneLeader(members);
    }

    /** L1, L2: with etcd in reach and willing members somebody leads, and nobody is out. */
    private void allHaveReturned() {
        long leaders = members.stream().filter(SimulatedMember::isLeader).count();
        if (leaders != 1) {
            throw new AssertionError("L1: " + leaders + " lead after " + PEACE + " of peace");
        }
        for (SimulatedMember member : members) {
            Election election = member.election();
            if (election == null || election.candidates().size() != MEMBERS) {
                throw new AssertionError("L2: " + member.id() + " sees "
                        + (election == null ? "nothing" : election.status().toString()));
            }
        }
    }

    private void peace() {
        chance.calm();
        checkers.write("peace");
        for (SimulatedMember member : members) {
            member.pause(Duration.ZERO);
            if (member.isClosing()) {
                member.crash();
            }
            if (!member.isAlive()) {
                member.start();
            } else if (member.election() != null) {
                var unused = member.election().cancelEvict();
            }
        }
    }

    private void fault() {
        if (chance.isCalm()) {
            return;
        }
        SimulatedMember member = members.get(chance.below(MEMBERS));
        Election election = member.election();
        int kind = chance.below(14);
        checkers.write("fault " + kind + " of " + member.id());
        switch (kind) {
            case 0 -> member.pause(Duration.ofNanos(chance.nanos(Duration.ofSeconds(9))));
            case 1 -> member.cutOff(Duration.ofNanos(chance.nanos(Duration.ofSeconds(9))));
            case 2 -> etcd.pause(Duration.ofNanos(chance.nanos(Duration.ofSeconds(6))));
            case 3 -> etcd.restart();
            case 4, 5 -> etcd.deleteAny(KEY + "/", chance);
            case 6, 7 -> etcd.revokeAny(chance);
            case 8 -> compact();
            case 9 -> restart(member);
            case 10 -> {
                if (member.isAlive()) {
                    member.close();
                }
            }
            default -> operate(election, member);
        }
        time.in(chance.nanos(Duration.ofSeconds(4)), this::fault);
    }

    private void operate(@Nullable Election election, SimulatedMember member) {
        if (election == null) {
            member.start();
            return;
        }
        var unused = switch (chance.below(4)) {
            case 0 -> election.evict();
            case 1, 2 -> election.cancelEvict();
            default -> election.resign();
        };
    }

    private void restart(SimulatedMember member) {
        if (member.isAlive()) {
            member.crash();
        } else {
            member.start();
        }
    }

    private void compact() {
        etcd.compact(compactedAt);
        compactedAt = etcd.model().header().getRevision();
    }
}
