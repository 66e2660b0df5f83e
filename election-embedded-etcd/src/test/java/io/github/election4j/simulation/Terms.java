package io.github.election4j.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** S1, S2 and S4, from what members would answer after every event, paused ones included. */
final class Terms {
    private final VirtualTime time;
    private final Findings findings;
    private final Contest contest;
    private final Map<SimulatedMember, Long> leading = new HashMap<>();
    private final Map<Long, Term> terms = new HashMap<>();
    private final Set<Long> disturbed = new HashSet<>();
    /** Those of a lost history, which may come again. */
    private final Set<Long> ofLostHistory = new HashSet<>();

    private @Nullable Term latest;
    private long highestWritten;
    private boolean comparable = true;

    Terms(VirtualTime time, Findings findings, Contest contest) {
        this.time = time;
        this.findings = findings;
        this.contest = contest;
    }

    private static final class Term {
        private final String who;
        private final long token;
        private long endedAt = -1;
        private boolean revocationReturned;
        private boolean overtaken;

        private Term(String who, long token) {
            this.who = who;
            this.token = token;
        }
    }

    int count() {
        return terms.size();
    }

    /** How many lead now. */
    long leaders() {
        return leading.values().stream().filter(token -> token != 0).count();
    }

    long tokenOf(SimulatedMember member) {
        return leading.getOrDefault(member, 0L);
    }

    /** S1: at no instant can two members answer true. */
    void look(List<SimulatedMember> members) {
        int leaders = 0;
        for (SimulatedMember member : members) {
            long token = member.token(contest);
            long before = tokenOf(member);
            if (token != before) {
                if (before != 0) {
                    ended(member, before);
                }
                leading.put(member, token);
                if (token != 0) {
                    began(member, token);
                }
            }
            leaders += token == 0 ? 0 : 1;
        }
        if (leaders > 1) {
            findings.found(
                    "S1",
                    members.stream()
                                    .filter(each -> each.token(contest) != 0)
                                    .map(SimulatedMember::name)
                                    .toList() + " lead at once in " + contest.name());
        }
    }

    /** S2: tokens are unique and rise. */
    private void began(SimulatedMember member, long token) {
        findings.write(member.name() + " leads " + contest.name() + ", token " + token);
        Term before = latest;
        if (comparable && before != null && token <= before.token) {
            findings.found("S2", "term " + token + " after term " + before.token);
        }
        if (comparable && terms.containsKey(token)) {
            findings.found("S3", "term " + token + " has come back");
        }
        Term term = new Term(member.name(), token);
        if (before != null && before.endedAt >= 0 && !before.revocationReturned) {
            // Both clocks may be off; whoever gave up at its own timeout did so at least this much later.
            before.overtaken = time.now() - before.endedAt < SimulatedMember.STEP_DOWN.toNanos() / 1.06;
        }
        terms.put(token, term);
        latest = term;
    }

    /** S4: the timeout counts from what the loop read on its clock, even if it was descheduled right after. */
    private void ended(SimulatedMember member, long token) {
        Term term = terms.get(token);
        if (term != null) {
            findings.write(term.who + " leads " + contest.name() + " no more, token " + token);
            Life process = member.process();
            term.endedAt = process == null ? time.now() : process.clockReadAt();
        }
    }

    /** S4: by its own will, so the successor had to wait until now. */
    void revocationReturned(long token, boolean voluntary) {
        Term term = terms.get(token);
        if (term == null) {
            return; // Over before anybody could look.
        }
        if (term.overtaken && voluntary && !disturbed.contains(token)) {
            findings.found("S4", "the successor of term " + token + " began before the listeners of it had returned");
        }
        term.revocationReturned = true;
    }

    /** S3: no true answer after the revocation. */
    void revocationDelivered(SimulatedMember member, long token) {
        if (member.token(contest) == token && !ofLostHistory.contains(token)) {
            findings.found("S3", member.name() + " leads by term " + token + ", whose end it is told of");
        }
    }

    /** Revisions begin again: what was known of tokens says nothing of those to come. */
    void historyLost() {
        ofLostHistory.addAll(terms.keySet());
        terms.clear();
        latest = null;
        highestWritten = 0;
        comparable = false;
    }

    /** Somebody else has taken the key of this term away. */
    void disturbed(long token) {
        disturbed.add(token);
    }

    /** S2: a guarded write has taken effect. */
    void written(long token) {
        Term present = latest;
        if (comparable && present != null && token < present.token) {
            findings.found("S2", "a guarded write of term " + token + " landed in term " + present.token);
        }
        if (comparable && token < highestWritten) {
            findings.found("S2", "a guarded write of term " + token + " landed after one of term " + highestWritten);
        }
        highestWritten = Math.max(highestWritten, token);
    }
}
