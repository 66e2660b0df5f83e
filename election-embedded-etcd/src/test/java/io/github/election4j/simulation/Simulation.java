package io.github.election4j.simulation;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.spi.KeyRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run: three members, some minutes of faults, and then a while of peace in which everybody must return. */
public final class Simulation {
    /** What every key of every election begins with. */
    static final String ALL = "/simulated/";

    static final Duration FAULTS = Duration.ofSeconds(90);
    private static final Duration PEACE = Duration.ofSeconds(40);
    private static final Duration LONGEST_WITHOUT_LEADER = Duration.ofSeconds(15);
    private static final int MEMBERS = 3;

    private final VirtualTime time = new VirtualTime();
    private final Findings findings = new Findings(time);
    private final Chance chance;
    private final boolean operators;
    private final SimulatedEtcd etcd = new SimulatedEtcd(time, this::takenAway);
    private final List<Contest> contests = new ArrayList<>();
    private final List<SimulatedMember> members = new ArrayList<>();

    /** A run of its own for each seed. */
    public Simulation(long seed) {
        this.chance = new Chance(seed);
        this.operators = Math.floorMod(seed, 5) == 3;
        int elections = 1 + Math.max(0, chance.below(4) - 1);
        for (int i = 0; i < elections; i++) {
            contests.add(new Contest("e" + i, time, findings));
        }
    }

    /** Returns the number of terms; throws what a checker found, with the faults and the transcript. */
    public int run() {
        try {
            begin();
            time.runUntil(FAULTS, this::look);
            peace();
            time.runUntil(FAULTS.plus(LONGEST_WITHOUT_LEADER), this::look);
            for (Contest each : contests) {
                if (each.terms().leaders() == 0) {
                    findings.found(
                            "L1",
                            "nobody leads " + each.name() + " " + LONGEST_WITHOUT_LEADER + " after the last fault");
                }
            }
            time.runUntil(FAULTS.plus(PEACE), this::look);
            contests.forEach(this::allHaveReturned);
            findings.verify();
            return contests.stream().mapToInt(each -> each.terms().count()).sum();
        } catch (RuntimeException | AssertionError found) {
            throw new AssertionError(found.getMessage() + "\n" + findings.report(), found);
        }
    }

    /** S4 asks nothing of a term whose key somebody else has taken away. */
    private void takenAway(String key, long createRevision) {
        contests.stream()
                .filter(each -> each.keys().isPlace(key))
                .forEach(each -> each.terms().disturbed(createRevision));
    }

    private void begin() {
        boolean twins = chance.below(4) == 0;
        SimulatedMember.Surroundings around = new SimulatedMember.Surroundings(time, chance, etcd, contests, findings);
        for (int i = 1; i <= MEMBERS; i++) {
            String name = "m" + i;
            SimulatedMember member = new SimulatedMember(around, name, twins && i == MEMBERS ? "m1" : name);
            members.add(member);
            time.in(chance.nanos(Duration.ofSeconds(3)), member::start);
        }
        new Faults(time, chance, etcd, contests, members, findings, operators).begin();
    }

    private void look() {
        contests.forEach(each -> each.terms().look(members));
        findings.verify();
    }

    private void peace() {
        chance.calm();
        etcd.peace();
        contests.forEach(each -> etcd.deleteAll(KeyRange.prefix(each.keys().eviction(""))));
        findings.fault("peace");
        members.forEach(SimulatedMember::peace);
    }

    /**
     * L1, L2: with etcd in reach and willing members somebody leads, and nobody is out. A key whose deletion etcd has
     * told nobody of (etcd#18089) may be listed beside them until it would be the head (P6).
     */
    private void allHaveReturned(Contest contest) {
        long leaders = contest.terms().leaders();
        if (leaders != 1) {
            findings.found("L1", leaders + " lead " + contest.name() + " after " + PEACE + " of peace");
        }
        Candidate leader = leader(contest);
        Set<Long> standing = etcd.candidacies(contest);
        for (SimulatedMember member : members) {
            Election election = member.election(contest);
            if (election == null
                    || election.candidates().stream()
                                    .filter(each -> standing.contains(each.fencingToken()))
                                    .count()
                            != MEMBERS) {
                String seen = election == null ? "nothing" : election.status().toString();
                findings.found("L2", member.name() + " sees " + seen);
            }
            member.verifyUpToDate(contest, leader);
        }
    }

    private @Nullable Candidate leader(Contest contest) {
        return members.stream()
                .filter(each -> each.token(contest) != 0)
                .map(each -> each.election(contest))
                .findFirst()
                .flatMap(Election::leader)
                .orElse(null);
    }
}
