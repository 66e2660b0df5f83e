package io.github.election4j.simulation;

import io.github.election4j.Election;
import io.github.election4j.EvictOptions;
import io.github.election4j.spi.KeyRange;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Strikes at random moments until there is peace. */
final class Faults {
    private static final KeyRange BEATS = KeyRange.prefix("/election4j/beat/");
    private static final List<Fault> KINDS = List.of(Fault.values());
    /** What operators do to members by their ids; in some runs, so that the others go on as they always did. */
    private static final Set<Fault> BY_ID =
            EnumSet.of(Fault.TRANSFER, Fault.EVICT_FOR_LONG, Fault.CANCEL_LONG_EVICTION);

    private final VirtualTime time;
    private final Chance chance;
    private final SimulatedEtcd etcd;
    private final List<Contest> contests;
    private final List<SimulatedMember> members;
    private final Findings findings;
    private final List<Fault> kinds;
    private int foreigners;
    private boolean lost;

    Faults(
            VirtualTime time,
            Chance chance,
            SimulatedEtcd etcd,
            List<Contest> contests,
            List<SimulatedMember> members,
            Findings findings,
            boolean operators) {
        this.time = time;
        this.chance = chance;
        this.etcd = etcd;
        this.contests = contests;
        this.members = members;
        this.findings = findings;
        this.kinds = KINDS.stream()
                .filter(each -> operators || !BY_ID.contains(each))
                .toList();
    }

    void begin() {
        time.in(chance.nanos(Duration.ofSeconds(5)), this::strike);
    }

    private void strike() {
        if (chance.isCalm()) {
            return;
        }
        SimulatedMember member = members.get(chance.below(members.size()));
        Contest contest = contests.get(chance.below(contests.size()));
        Fault kind = kinds.get(chance.below(kinds.size()));
        findings.fault(kind + " " + member.name() + " " + contest.name());
        strike(kind, member, contest);
        // Sometimes several in a row, before anybody could react to the first.
        time.in(chance.nanos(chance.below(4) == 0 ? Duration.ofMillis(50) : Duration.ofSeconds(4)), this::strike);
    }

    private void strike(Fault kind, SimulatedMember member, Contest contest) {
        switch (kind) {
            case PAUSE_MEMBER -> member.pause(upTo(9));
            case CUT_OFF_MEMBER -> member.cutOff(upTo(9));
            case PAUSE_ETCD -> etcd.pause(upTo(6));
            case RESTART_ETCD -> etcd.restart();
            case DELETE_KEY -> etcd.deleteAny(KeyRange.prefix(contest.keys().prefix()), chance);
            case DELETE_LEADER_KEY ->
                etcd.deleteFirst(KeyRange.prefix(contest.keys().prefix()));
            case DELETE_BEAT -> etcd.deleteAny(BEATS, chance);
            case DELETE_MARK -> {
                if (early()) {
                    etcd.deleteMark(contest);
                }
            }
            case WIPE_QUEUE -> etcd.deleteAll(KeyRange.prefix(contest.keys().prefix()));
            case REVOKE_LEASE -> etcd.revokeAny(chance);
            case CLONE -> etcd.beatByTwin(chance);
            case LOSE_EVERYTHING -> loseEverything();
            case COMPACT -> etcd.compact();
            case CRASH_OR_START -> crashOrStart(member);
            case CLOSE -> member.close();
            case CLEAR_DEAD -> clearDead(member, contest);
            case FOREIGN_MEMBER ->
                new SimulatedForeigner(time, chance, etcd, contest, "foreign-" + ++foreigners).enter();
            case REFUSE_WRITES -> etcd.refuseWrites(upTo(5));
            case RESIGN, EVICT, CANCEL_EVICT, TRANSFER, CANCEL_LONG_EVICTION -> operate(kind, member, contest);
            case EVICT_FOR_LONG -> {
                if (early()) {
                    operate(kind, member, contest);
                }
            }
        }
    }

    private void operate(Fault kind, SimulatedMember member, Contest contest) {
        Election election = member.election(contest);
        if (election == null) {
            member.start();
            return;
        }
        member.expectAnswer(
                kind.toString(),
                switch (kind) {
                    case RESIGN -> election.resign();
                    case EVICT -> election.evict();
                    case TRANSFER -> election.transferTo(anybody());
                    case EVICT_FOR_LONG -> election.evict(options());
                    case CANCEL_LONG_EVICTION -> election.cancelEvict(anybody());
                    default -> election.cancelEvict();
                });
    }

    private String anybody() {
        return members.get(chance.below(members.size())).id();
    }

    /** Some of them end by themselves, and the rest once there is peace. */
    private EvictOptions options() {
        EvictOptions forEver = EvictOptions.of(anybody());
        return chance.below(2) == 0 ? forEver : forEver.withDuration(upTo(10).plusSeconds(2));
    }

    /** P10 asks the operator to make sure that the process is dead, and so it stays so for as long as this takes. */
    private void clearDead(SimulatedMember operator, Contest contest) {
        for (SimulatedMember dead : members) {
            if (members.stream().noneMatch(each -> each.isAlive() && each.id().equals(dead.id()))) {
                operator.clear(dead, contest);
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

    /** Once in some runs: whatever rests on revisions cannot be compared afterwards. */
    private void loseEverything() {
        if (!lost && early() && chance.below(4) == 0) {
            lost = true;
            contests.forEach(each -> each.terms().historyLost());
            etcd.loseEverything(contests);
        }
    }

    /** What keeps everybody out for a while is no test of how soon somebody leads in peace. */
    private boolean early() {
        return time.now() < Simulation.FAULTS.minusSeconds(10).toNanos();
    }

    private Duration upTo(int seconds) {
        return Duration.ofNanos(chance.nanos(Duration.ofSeconds(seconds)));
    }
}
