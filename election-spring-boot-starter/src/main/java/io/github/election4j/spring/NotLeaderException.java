package io.github.election4j.spring;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What only the leader does was asked of a member that does not lead. Says who leads, as far as this member knows.
 *
 * @since 0.1.0
 */
public class NotLeaderException extends ElectionException {
    private static final long serialVersionUID = 1L;

    /** The name of the election. */
    private final String election;

    /** The id of the leader. */
    private final @Nullable String leaderId;

    /** The address of the leader. */
    private final @Nullable String leaderAddress;

    /**
     * Creates an exception.
     *
     * @param election the name of the election
     * @param leader who leads, if that is known
     */
    public NotLeaderException(String election, @Nullable Candidate leader) {
        super(Kind.NOT_LEADER, message(election, leader), null);
        this.election = election;
        this.leaderId = leader == null ? null : leader.id();
        this.leaderAddress = leader == null ? null : leader.address();
    }

    /** {@return the name of the election} */
    public String election() {
        return election;
    }

    /** {@return the id of the leader; empty if nobody is known to lead} */
    public Optional<String> leaderId() {
        return Optional.ofNullable(leaderId);
    }

    /** {@return the address of the leader, as it says itself; empty if nobody is known to lead} */
    public Optional<String> leaderAddress() {
        return Optional.ofNullable(leaderAddress);
    }

    private static String message(String election, @Nullable Candidate leader) {
        String does =
                leader == null ? "nobody is known to lead" : "'" + leader.id() + "' leads, at " + leader.address();
        return "This member does not lead election '" + election + "': " + does + "; ask the leader";
    }
}
