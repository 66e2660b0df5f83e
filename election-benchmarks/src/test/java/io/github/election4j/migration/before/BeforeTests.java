package io.github.election4j.migration.before;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.leader.event.DefaultLeaderEventPublisher;
import org.springframework.integration.leader.event.OnRevokedEvent;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;
import org.springframework.integration.support.locks.DefaultLockRegistry;

/** What docs/migrating.md says of Spring Integration is so. */
class BeforeTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final DefaultLockRegistry locks = new DefaultLockRegistry();
    private final Semaphore disconnected = new Semaphore(0);
    private final LockRegistryLeaderInitiator first = initiator("m1", event -> {
        if (event instanceof OnRevokedEvent) {
            disconnected.acquireUninterruptibly();
        }
    });
    private final LockRegistryLeaderInitiator second = initiator("m2", event -> {});

    @AfterEach
    void stop() {
        disconnected.release();
        first.stop();
        second.stop();
    }

    @Test
    void theNextMemberLeadsWhileTheRevocationIsBeingHandled() {
        first.start();
        await().atMost(LIMIT).until(() -> first.getContext().isLeader());
        second.start();

        first.stop();

        await().atMost(LIMIT).until(() -> second.getContext().isLeader());
        await().atMost(LIMIT).until(disconnected::hasQueuedThreads);
    }

    private LockRegistryLeaderInitiator initiator(String id, ApplicationEventPublisher publisher) {
        LockRegistryLeaderInitiator initiator =
                new LockRegistryLeaderInitiator(locks, new DefaultCandidate(id, "reports"));
        initiator.setLeaderEventPublisher(new DefaultLeaderEventPublisher(publisher));
        return initiator;
    }
}
