package io.github.election4j.simulation;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** S3: what the listener of one process hears. */
final class Listening {
    private static final Set<ChangeReason> VOLUNTARY =
            EnumSet.of(ChangeReason.RESIGNED, ChangeReason.TRANSFERRED, ChangeReason.EVICTED, ChangeReason.CLOSED);

    private final SimulatedMember member;
    private final String who;
    private final Terms terms;
    private final Findings findings;
    private @Nullable Long open;
    private @Nullable Candidate leader;
    private boolean heard;

    Listening(SimulatedMember member, String who, Terms terms, Findings findings) {
        this.member = member;
        this.who = who;
        this.terms = terms;
        this.findings = findings;
    }

    void hears(ElectionEvent event) {
        if (!(event instanceof LeaderChanged change)) {
            return;
        }
        findings.write(who + " hears " + change.state() + " " + change.fencingToken() + " " + change.reason());
        if (heard && !Objects.equals(change.previous(), leader)) {
            findings.found("S3", who + " missed a change: " + change + " after " + leader);
        }
        heard = true;
        leader = change.leader();
        Long token = change.fencingToken();
        if (change.state() == LeaderState.IS_NOT_LEADER) {
            return;
        }
        if (token == null) {
            findings.found("S2", "no token in " + change);
        } else if (change.state() == LeaderState.IS_LEADER) {
            granted(token);
        } else {
            revoked(token, change.reason());
        }
    }

    /** In peace everybody has heard of the present, and of every end before it. */
    void verifyUpToDate(@Nullable Candidate present) {
        if (!Objects.equals(leader, present)) {
            findings.found("S3", who + " has last heard of " + leader + ", but the leader is " + present);
        }
        long token = terms.tokenOf(member);
        if (!Objects.equals(open, token == 0 ? null : token)) {
            findings.found("S3", who + " leads by term " + token + " but has heard of " + open);
        }
    }

    private void granted(long token) {
        if (open != null) {
            findings.found("S3", who + " was granted term " + token + " within term " + open);
        }
        open = token;
    }

    private void revoked(long token, ChangeReason reason) {
        if (!Objects.equals(open, token)) {
            findings.found("S3", who + " lost term " + token + ", was granted " + open);
        }
        open = null;
        boolean voluntary = VOLUNTARY.contains(reason);
        terms.revocationDelivered(member, token);
        terms.revocationReturned(token, voluntary);
    }
}
