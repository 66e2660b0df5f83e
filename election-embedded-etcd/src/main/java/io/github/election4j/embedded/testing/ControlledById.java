package io.github.election4j.embedded.testing;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.EvictOptions;
import io.github.election4j.OperationOutcome;
import java.time.Clock;

/**
 * What an operator does to members by their ids, this one or another. Called within {@link ControlledMember#perform}.
 */
final class ControlledById {
    private final ControlledMember member;
    private final ElectionConfig config;
    private final ControlledQueue queue;
    private final ControlledEvictions evictions;
    private final Journal journal;
    private final Clock clock;

    ControlledById(
            ControlledMember member,
            ElectionConfig config,
            ControlledQueue queue,
            ControlledEvictions evictions,
            Journal journal,
            Clock clock) {
        this.member = member;
        this.config = config;
        this.queue = queue;
        this.evictions = evictions;
        this.journal = journal;
        this.clock = clock;
    }

    OperationOutcome handOverTo(String id) {
        if (leader().id().equals(id)) {
            throw refused("'" + id + "' leads already");
        } else if (isMe(id) ? member.staysOut() : evictions.contains(id)) {
            throw refused("nothing was handed over to '" + id + "': it is evicted");
        }
        if (!member.lose(ChangeReason.TRANSFERRED)) {
            member.observeNobody();
        }
        return OperationOutcome.TRANSFERRED;
    }

    /** To whom was handed over; unless a listener has done something else meanwhile. */
    boolean leadsNext(String id) {
        boolean possible = member.mayLead();
        if (possible && isMe(id)) {
            member.grant();
        } else if (possible) {
            member.otherLeads(id, "");
        }
        return possible;
    }

    /** The other that leads. */
    OperationOutcome resign(String id) {
        Candidate leader = leader();
        if (!leader.id().equals(id)) {
            throw refused("'" + leader.id() + "' leads, not '" + id + "'");
        }
        member.observeNobody();
        return OperationOutcome.RELEASED;
    }

    OperationOutcome evict(EvictOptions options) {
        member.requireNotClosed();
        boolean already = evictions.contains(options.id());
        evictions.add(options, clock.instant());
        if (already) {
            return OperationOutcome.ALREADY_EVICTED;
        } else if (isMe(options.id())) {
            return member.leave(ChangeReason.EVICTED);
        }
        return clear(options.id()) == OperationOutcome.CLEARED
                ? OperationOutcome.RELEASED
                : OperationOutcome.NOT_IN_QUEUE;
    }

    OperationOutcome cancelEvict(String id) {
        member.requireNotClosed();
        return evictions.cancel(id, isMe(id) && !member.evicted());
    }

    OperationOutcome clear(String id) {
        Candidate other = queue.other();
        boolean found = other != null && other.id().equals(id) && member.observeNobody();
        return found ? OperationOutcome.CLEARED : OperationOutcome.NOT_FOUND;
    }

    private Candidate leader() {
        member.requireNotClosed();
        Candidate leader = journal.leader();
        if (leader == null) {
            throw refused("nobody leads");
        }
        return leader;
    }

    private boolean isMe(String id) {
        return id.equals(config.id());
    }

    private ElectionException refused(String why) {
        return member.failed(ElectionException.Kind.REFUSED, "': " + why);
    }
}
