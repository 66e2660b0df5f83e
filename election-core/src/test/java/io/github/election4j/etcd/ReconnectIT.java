package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.Client;
import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TcpProxy;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that is replaced under a member that leads, and under one that waits. */
@NeedsEtcd
@Timeout(120)
class ReconnectIT {
    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final String KEY = "/reconnect";

    private final AtomicInteger clients = new AtomicInteger();
    private final List<ElectionEvent> events = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuntimeException unusable;
    private TestEtcd etcd;

    @BeforeEach
    void start() {
        etcd = TestEtcd.started();
    }

    @AfterEach
    void stop() {
        etcd.close();
    }

    @Test
    void termAndLeaseGoOnHoweverOftenItIsReplaced() throws Exception {
        try (Elections elections = elections(etcd.endpoint())) {
            Election election = lead(elections);
            long token = token(election);
            long lease = elections.session().leaseId();
            int before = events.size();

            elections.reconnect().get(10, TimeUnit.SECONDS);
            elections.reconnect().get(10, TimeUnit.SECONDS);
            List<CompletableFuture<Void>> together = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                together.add(elections.reconnect());
            }
            CompletableFuture.allOf(together.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
            assertThat(clients).hasValueBetween(4, 6);
            awaitRenewals(elections);
            awaitRenewals(elections); // By then every old client is closed.

            assertThat(token(election)).isEqualTo(token);
            assertThat(elections.session().leaseId()).isEqualTo(lease);
            assertThat(events).as("what was told").hasSize(before);
        }
    }

    /**
     * Somebody comes and goes all the time; who missed one change would show it for ever, or say that it read again.
     */
    @Test
    void watchMissesNothingOfWhatOthersDoMeanwhile() throws Exception {
        try (Elections elections = elections(etcd.endpoint())) {
            Election election = lead(elections);
            for (int i = 0; i < 5; i++) {
                CompletableFuture<Void> replaced = elections.reconnect();
                try (Member other = Member.join(KEY, "other" + i, LEASE, etcd.endpoint())) {
                    await().atMost(Member.LIMIT)
                            .until(
                                    () -> ids(election),
                                    ids -> ids.contains(other.election().id()));
                    replaced.get(10, TimeUnit.SECONDS);
                }
                await().atMost(Member.LIMIT).until(() -> ids(election).size() == 1);
            }
            assertThat(election.status().lastError()).isNull();
            assertThat(events).noneMatch(ElectionEvent.ElectionError.class::isInstance);
        }
    }

    @Test
    void oldClientStaysWhereTheNewOneCannotBeBuilt() throws Exception {
        try (Elections elections = elections(etcd.endpoint())) {
            Election election = lead(elections);
            long token = token(election);
            unusable = new IllegalStateException("not a key store");

            assertThat(failure(elections.reconnect()).kind()).isEqualTo(ElectionException.Kind.STORE);

            assertThat(election.status().lastError()).contains("reconnect", "not a key store");
            awaitRenewals(elections);
            assertThat(token(election)).isEqualTo(token);

            unusable = null;
            elections.reconnect().get(10, TimeUnit.SECONDS);
            await().atMost(Member.LIMIT).until(() -> election.status().lastError() == null);
            assertThat(token(election)).isEqualTo(token);
        }
    }

    /** It is wanted all the same, and so is tried again until etcd is back. */
    @Test
    void newClientIsUsedOnceEtcdIsBack() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(etcd);
                Elections elections = elections(proxy.endpoint())) {
            Election election = lead(elections);
            proxy.blackHole();
            assertThat(failure(elections.reconnect())).hasMessageContaining("kept");
            int before = clients.get();

            proxy.heal();

            await().atMost(Member.LIMIT).until(() -> clients.get() > before);
            await().atMost(Member.LIMIT).until(() -> election.status().lastError() == null);
            await().atMost(Member.LIMIT).until(election::isLeader);
        }
    }

    @Test
    void requestsUnderWayEndOnTheOldConnection() throws Exception {
        try (TcpProxy slow = TcpProxy.to(etcd)) {
            List<String> endpoints = new CopyOnWriteArrayList<>(List.of(slow.endpoint(), etcd.endpoint()));
            EtcdConnection connection = EtcdConnection.owned(
                    () -> EtcdClient.of(Client.builder().endpoints(endpoints.remove(0))), Member.LIMIT);
            EtcdElectionStore store = new EtcdElectionStore(connection, "");
            store.grant(LEASE, LEASE).get(10, TimeUnit.SECONDS);
            slow.delay(Duration.ofSeconds(1));
            CompletableFuture<?> underWay = store.grant(LEASE, Member.LIMIT);

            store.reconnect(LEASE).get(10, TimeUnit.SECONDS);

            assertThat(underWay).isNotDone().succeedsWithin(Member.LIMIT);
            store.close();
        }
    }

    @Test
    void thereIsNothingToReplaceBeforeAnythingWasSent() {
        try (Elections elections = elections(etcd.endpoint())) {
            assertThat(elections.reconnect()).succeedsWithin(Member.LIMIT);
            assertThat(clients).hasValue(0);
        }
    }

    @Test
    void clientOfTheCallersIsNotReplaced() {
        try (Client client = Client.builder().endpoints(etcd.endpoint()).build();
                Elections elections = EtcdElections.builder().client(client).build()) {
            Election election = lead(elections);
            long token = token(election);
            assertThat(elections.reconnect()).succeedsWithin(Member.LIMIT);
            assertThat(client.getKVClient().get(Keys.text(KEY))).succeedsWithin(Member.LIMIT);
            assertThat(token(election)).isEqualTo(token);
        }
    }

    @Test
    void everythingEndsThoughTheNewClientIsNeverAnswered() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(etcd)) {
            Elections elections = elections(proxy.endpoint());
            lead(elections);
            proxy.blackHole();
            CompletableFuture<Void> replaced = elections.reconnect();
            var closing = elections.closeAsync();

            assertThat(failure(replaced)).isNotNull();
            assertThat(closing).succeedsWithin(Member.LIMIT);
            assertThat(failure(elections.reconnect()).kind()).isEqualTo(ElectionException.Kind.CLOSED);
        }
    }

    private Elections elections(String endpoint) {
        return EtcdElections.builder()
                .endpoints(endpoint)
                .leaseDuration(LEASE)
                .connectTimeout(Duration.ofSeconds(1)) // With a request: over before a term is.
                .requestTimeout(Duration.ofSeconds(1))
                .clientCustomizer(builder -> {
                    clients.incrementAndGet();
                    RuntimeException failure = unusable;
                    if (failure != null) {
                        throw failure;
                    }
                })
                .build();
    }

    private Election lead(Elections elections) {
        Election election = elections.join(ElectionConfig.of(KEY, "m1"));
        election.addListener(events::add);
        await().atMost(Member.LIMIT).until(() -> election.isLeader() && !events.isEmpty());
        return election;
    }

    private static long token(Election election) {
        return election.leadership().orElseThrow().fencingToken();
    }

    private static List<String> ids(Election election) {
        return election.candidates().stream().map(Candidate::id).toList();
    }

    /** Until the lease has been renewed after this call. */
    private static void awaitRenewals(Elections elections) {
        Duration first = elections.session().validFor();
        await().atMost(Member.LIMIT).until(() -> elections.session().validFor().compareTo(first) > 0);
    }

    private static ElectionException failure(CompletableFuture<Void> future) throws Exception {
        try {
            future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ElectionException cause) {
                return cause;
            }
            throw failed;
        }
        throw new AssertionError("It did not fail");
    }
}
