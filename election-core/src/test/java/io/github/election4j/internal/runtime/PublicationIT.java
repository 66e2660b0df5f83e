package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.etcd.TestStores;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who hears of something sees it in the status. Whoever is told is told on the loop here, at once: he hears of it as
 * early as any other thread ever could.
 */
@NeedsEtcd
@Timeout(60)
class PublicationIT {
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private TestEtcd etcd;
    private DefaultElections elections;
    private Election election;

    @BeforeEach
    void join() {
        etcd = TestEtcd.started();
        Environment real = Environment.system(TestStores.open(etcd.endpoint(), "", TIMEOUT), EngineObserver.NONE);
        Environment direct = new Environment(
                real.store(),
                real.loop(),
                Runnable::run,
                real.ticker(),
                real.wallClock(),
                real.random(),
                real.entropy(),
                real.observer());
        elections = DefaultElections.create(direct, new SessionSettings(LEASE, null, TIMEOUT, TIMEOUT));
        election = elections.join(ElectionConfig.of("/seen", "m1").withStepDownTimeout(TIMEOUT));
    }

    @AfterEach
    void leave() {
        elections.close();
        etcd.close();
    }

    @Test
    void whoHearsOfAChangeSeesIt() {
        List<String> seen = new CopyOnWriteArrayList<>();
        election.addListener(event -> {
            if (event instanceof LeaderChanged change) {
                boolean known = election.status().history().contains(change);
                seen.add(change.state() + " " + election.status().state() + " " + known + " " + election.isLeader());
            }
        });
        await().atMost(Member.LIMIT).until(() -> !seen.isEmpty());
        election.resign();
        await().atMost(Member.LIMIT).until(() -> seen.size() >= 3);

        assertThat(seen.subList(0, 3))
                .containsExactly(
                        LeaderState.IS_LEADER + " LEADING true true",
                        LeaderState.RETIRE_FROM_LEADER + " STEPPING_DOWN true false",
                        LeaderState.IS_LEADER + " LEADING true true");
    }

    @Test
    void whoHearsOfAFailureSeesIt() {
        await().atMost(Member.LIMIT).until(election::isLeader);
        CompletableFuture<String> seen = new CompletableFuture<>();
        election.addListener(event -> {
            if (event instanceof ElectionError error) {
                seen.complete(election.status().lastError() + " <- " + error.message());
            }
        });
        etcd.kill();

        String[] both = seen.orTimeout(30, TimeUnit.SECONDS).join().split(" <- ", 2);

        assertThat(both[0]).endsWith(both[1]);
    }

    @Test
    void whoIsAnsweredSeesIt() {
        await().atMost(Member.LIMIT).until(election::isLeader);

        assertThat(election.evict().thenApply(done -> election.status().state()))
                .succeedsWithin(Member.LIMIT)
                .isEqualTo(ElectionState.EVICTED);
        assertThat(election.closeAsync().thenApply(done -> election.status().state()))
                .succeedsWithin(Member.LIMIT)
                .isEqualTo(ElectionState.CLOSED);
    }
}
