package io.github.election4j.simulation;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run: three members, some minutes of faults, and then a while of peace in which everybody must return. */
public final class Simulation {
    static final String KEY = "/simulated";
    private static final Duration FAULTS = Duration.ofSeconds(90);
    private static final Duration PEACE = Duration.ofSeconds(40);
    private static final Duration LONGEST_WITHOUT_LEADER = Duration.ofSeconds(15);
    private static final int MEMBERS = 3;

    private final VirtualTime time = new VirtualTime();
    private final Findings findings = new Findings(time);
    private final Terms terms = new Terms(time, findings);
    private final Chance chance;
    private final SimulatedEtcd etcd = new SimulatedEtcd(time, terms::disturbed);
    private final List<SimulatedMember> members = new ArrayList<>();

    /** A run of its own for each seed. */
    public Simulation(long seed) {
        this.chance = new Chance(seed);
    }

    /** Returns the number of terms; throws what a checker found, with the faults and the transcript. */
    public int run() {
        try {
            begin();
            time.runUntil(FAULTS, this::look);
            peace();
            time.runUntil(FAULTS.plus(LONGEST_WITHOUT_LEADER), this::look);
            if (terms.leaders() == 0) {
                findings.found("L1", "nobody leads " + LONGEST_WITHOUT_LEADER + " after the last fault");
            }
            time.runUntil(FAULTS.plus(PEACE), this::look);
            allHaveReturned();
            findings.verify();
            return terms.count();
        } catch (RuntimeException | AssertionError found) {
            throw new AssertionError(found.getMessage() + "\n" + findings.report(), found);
        }
    }

    private void begin() {
        boolean markDenied = chance.below(10) == 0;
        boolean twins = chance.below(4) == 0;
        SimulatedMember.Surroundings around =
                new SimulatedMember.Surroundings(time, chance, etcd, terms, findings, markDenied);
        for (int i = 1; i <= MEMBERS; i++) {
            String name = "m" + i;
            SimulatedMember member = new SimulatedMember(around, name, twins && i == MEMBERS ? "m1" : name);
            members.add(member);
            time.in(chance.nanos(Duration.ofSeconds(3)), member::start);
        }
        new Faults(time, chance, etcd, members, findings).begin();
    }

    private void look() {
        terms.look(members);
        findings.verify();
    }

    private void peace() {
        chance.calm();
        etcd.peace();
        findings.fault("peace");
        members.forEach(SimulatedMember::peace);
    }

    /**
     * L1, L2: with etcd in reach and willing members somebody leads, and nobody is out. A key whose deletion etcd has
     * told nobody of (etcd#18089) may be listed beside them until it would be the head (P6).
     */
    private void allHaveReturned() {
        if (terms.leaders() != 1) {
            findings.found("L1", terms.leaders() + " lead after " + PEACE + " of peace");
        }
        Candidate leader = leader();
        Set<Long> standing = etcd.candidacies();
        for (SimulatedMember member : members) {
            Election election = member.election();
            if (election == null
                    || election.candidates().stream()
                                    .filter(each -> standing.contains(each.fencingToken()))
                                    .count()
                            != MEMBERS) {
                String seen = election == null ? "nothing" : election.status().toString();
                findings.found("L2", member.name() + " sees " + seen);
            }
            member.verifyUpToDate(leader);
        }
    }

    private @Nullable Candidate leader() {
        return members.stream()
                .filter(each -> each.token() != 0)
                .map(SimulatedMember::election)
                .findFirst()
                .flatMap(Election::leader)
                .orElse(null);
    }
}
