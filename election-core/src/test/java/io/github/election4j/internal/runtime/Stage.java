package io.github.election4j.internal.runtime;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import java.time.Instant;

/** What the stress tests have in common; constants, since a state is made for every single run. */
final class Stage {
    static final String ELECTION = "stress";
    static final Candidate FIRST = new Candidate("m1", "", "/stress/1", 1);
    static final Candidate SECOND = new Candidate("m2", "", "/stress/2", 2);
    static final ElectionConfig CONFIG = ElectionConfig.of("/stress", FIRST.id());

    private Stage() {}

    static LeaderChanged event(long token) {
        return new LeaderChanged(
                ELECTION, null, FIRST, LeaderState.IS_NOT_LEADER, token, ChangeReason.OBSERVED, Instant.EPOCH);
    }
}
