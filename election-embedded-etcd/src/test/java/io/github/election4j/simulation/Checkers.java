package io.github.election4j.simulation;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Look on, and know nothing of how the engine works. */
final class Checkers {
    private final Map<String, Long> open = new HashMap<>();
    private final List<String> transcript = new ArrayList<>();
    private final VirtualTime time;
    private long highestToken;
    private long terms;

    Checkers(VirtualTime time) {
        this.time = time;
    }

    long terms() {
        return terms;
    }

    List<String> transcript() {
        return transcript;
    }

    void write(String line) {
        transcript.add(String.format("%10.4f  %s", time.now() / 1e9, line));
    }

    /** S1: at no instant could two members answer true. */
    void oneLeader(List<SimulatedMember> members) {
        List<String> leaders = members.stream()
                .filter(SimulatedMember::isLeader)
                .map(SimulatedMember::id)
                .toList();
        if (leaders.size() > 1) {
            throw new AssertionError("S1: " + leaders + " lead at once");
        }
    }

    /** S2: tokens rise. S3: grants and revocations alternate, and nobody leads when told that he does not. */
    void hears(SimulatedMember member, int life, ElectionEvent event) {
        if (!(event instanceof LeaderChanged change) || change.state() == LeaderState.IS_NOT_LEADER) {
            return;
        }
        String who = member.id() + "#" + life;
        Long token = change.fencingToken();
        write(who + " hears " + change.state() + " " + token + " " + change.reason());
        if (token == null) {
            throw new AssertionError("S2: no token in " + change);
        }
        if (change.state() == LeaderState.IS_LEADER) {
            granted(who, token);
        } else {
            revoked(member, who, token);
        }
    }

    private void granted(String who, long token) {
        terms++;
        if (open.put(who, token) != null) {
            throw new AssertionError("S3: " + who + " was granted a term within a term");
        }
        if (token <= highestToken && terms > 1) {
            // Listeners may be late, so the order in which members hear is not the order of terms.
            write("(late news of term " + token + ")");
        }
        highestToken = Math.max(highestToken, token);
    }

    private void revoked(SimulatedMember member, String who, long token) {
        Long granted = open.remove(who);
        if (granted == null || granted != token) {
            throw new AssertionError("S3: " + who + " lost term " + token + ", was granted " + granted);
        }
        boolean stillLeads = member.isLeader()
                && member.election() != null
                && member.election().leadership().stream().anyMatch(term -> term.fencingToken() == token);
        if (stillLeads) {
            throw new AssertionError("S3: " + who + " leads by a term whose end it is told of");
        }
    }
}
