package io.github.election4j.migration.during;

import io.github.election4j.Election;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class CandidateIfOldLeader {
    private final LockRegistryLeaderInitiator old;
    private final Election election;

    CandidateIfOldLeader(LockRegistryLeaderInitiator old, Election election) {
        this.old = old;
        this.election = election;
    }

    @Scheduled(fixedDelay = 500)
    void follow() {
        if (old.getContext().isLeader()) {
            election.cancelEvict();
        } else {
            election.evict();
        }
    }
}
