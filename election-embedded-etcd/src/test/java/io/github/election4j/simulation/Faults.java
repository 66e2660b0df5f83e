package io.github.election4j.simulation;

import io.github.election4j.Election;
import java.time.Duration;
import java.util.List;

/** Strikes at random moments until there is peace. */
final class Faults {
    private static final Fault[] KINDS = Fault.values();

    private final VirtualTime time;
    private final Chance chance;
    private final SimulatedEtcd etcd;
    private final List<SimulatedMember> members;
    private final Findings findings;
    private long compactedAt = 1;
    private int foreigners;

    Faults(VirtualTime time, Chance chance, SimulatedEtcd etcd, List<SimulatedMember> members, Findings findings) {
        this.time = time;
        this.chance = chance;
        this.etcd = etcd;
        this.members = members;
        this.findings = findings;
    }

    void begin() {
        time.in(chance.nanos(Duration.ofSeconds(5)), this::strike);
    }

    private void strike() {
        if (chance.isCalm()) {
            return;
        }
        SimulatedMember member = members.get(chance.below(members.size()));
        Fault kind = KINDS[chance.below(KINDS.length)];
        findings.fault(kind + " " + member.name());
        strike(kind, member);
        // Sometimes several in a row, before anybody could react to the first.
        time.in(chance.nanos(chance.below(4) == 0 ? Duration.ofMillis(50) : Duration.ofSeconds(4)), this::strike);
    }

    private void strike(Fault kind, SimulatedMember member) {
        switch (kind) {
            case PAUSE_MEMBER -> member.pause(upTo(9));
            case CUT_OFF_MEMBER -> member.cutOff(upTo(9));
            case PAUSE_ETCD -> etcd.pause(upTo(6));
            case RESTART_ETCD -> etcd.restart();
            case DELETE_KEY -> etcd.deleteAny(Simulation.KEY + "/", chance);
            case DELETE_LEADER_KEY -> etcd.deleteFirst(Simulation.KEY + "/");
            case REVOKE_LEASE -> etcd.revokeAny(chance);
            case COMPACT -> compact();
            case CRASH_OR_START -> crashOrStart(member);
            case CLOSE -> member.close();
            case CLEAR_DEAD -> clearDead(member);
            case FOREIGN_MEMBER -> new SimulatedForeigner(time, chance, etcd, "foreign-" + ++foreigners).enter();
            case REFUSE_WRITES -> etcd.refuseWrites(upTo(5));
            case RESIGN, EVICT, CANCEL_EVICT -> operate(kind, member);
        }
    }

    private void operate(Fault kind, SimulatedMember member) {
        Election election = member.election();
        if (election == null) {
            member.start();
            return;
        }
        member.expectAnswer(
                kind.toString(),
                switch (kind) {
                    case RESIGN -> election.resign();
                    case EVICT -> election.evict();
                    default -> election.cancelEvict();
                });
    }

    /** P10 asks the operator to make sure that the process is dead, and so it stays so for as long as this takes. */
    private void clearDead(SimulatedMember operator) {
        for (SimulatedMember dead : members) {
            if (members.stream().noneMatch(each -> each.isAlive() && each.id().equals(dead.id()))) {
                operator.clear(dead);
                return;
            }
        }
    }

    private void crashOrStart(SimulatedMember member) {
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

    private Duration upTo(int seconds) {
        return Duration.ofNanos(chance.nanos(Duration.ofSeconds(seconds)));
    }
}
