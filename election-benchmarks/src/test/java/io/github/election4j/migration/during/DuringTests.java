package io.github.election4j.migration.during;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.embedded.testing.ControllableElection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import net.javacrumbs.shedlock.core.DefaultLockingTaskExecutor;
import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.leader.event.DefaultLeaderEventPublisher;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;
import org.springframework.integration.support.locks.DefaultLockRegistry;

/** While members of both kinds run, the new ones do nothing that an old one may do at the same time. */
class DuringTests {
    private final ControllableElection election = new ControllableElection();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final LockRegistryLeaderInitiator old =
            new LockRegistryLeaderInitiator(new DefaultLockRegistry(), new DefaultCandidate("m1", "reports"));

    @AfterEach
    void stop() {
        old.stop();
    }

    @Test
    void aFollowerLeavesTheLockToOthers() {
        LockedReport job = job(lock -> {
            seen.add("asked for " + lock.getName());
            return Optional.of(() -> seen.add("unlocked"));
        });
        job.report(() -> seen.add("too early"));
        assertThat(seen).isEmpty();

        election.grant();
        job.report(() -> seen.add("report"));

        assertThat(seen).containsExactly("asked for report", "report", "unlocked");
    }

    @Test
    void theLeaderDoesNothingWhileAnOldMemberHoldsTheLock() {
        LockedReport job = job(lock -> Optional.empty());
        election.grant();

        job.report(() -> seen.add("twice"));

        assertThat(seen).isEmpty();
    }

    @Test
    void onlyTheOldLeaderIsACandidate() {
        old.setLeaderEventPublisher(new DefaultLeaderEventPublisher(event -> {}));
        CandidateIfOldLeader bridge = new CandidateIfOldLeader(old, election);
        bridge.follow();
        assertThat(election.status().evicted()).isTrue();

        old.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> old.getContext().isLeader());
        bridge.follow();
        assertThat(election.status().evicted()).isFalse();
        election.grant();

        old.stop();
        await().atMost(Duration.ofSeconds(30)).until(() -> !old.getContext().isLeader());
        bridge.follow();
        assertThat(election.isLeader()).isFalse();
        assertThat(election.status().evicted()).isTrue();
    }

    private LockedReport job(LockProvider locks) {
        return new LockedReport(election, new DefaultLockingTaskExecutor(locks));
    }
}
