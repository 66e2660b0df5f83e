package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ClientBuilder;
import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of what, when and where a session builds its client; no etcd has a part in it. */
@Timeout(60)
class ClientBuildingTests {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<ClientBuilder> seen = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final EtcdElections builder = EtcdElections.builder()
            .endpoints("http://127.0.0.1:1")
            .leaseDuration(Duration.ofSeconds(2))
            .requestTimeout(SHORT)
            .connectTimeout(Duration.ofSeconds(1))
            .clientCustomizer(this::customize);

    @Test
    void isOfTheSettingsThatWereBuilt() {
        try (Elections elections = builder.build()) {
            builder.endpoints("http://127.0.0.1:2", "http://127.0.0.1:3")
                    .credentials("me", "secret")
                    .connectTimeout(Duration.ofSeconds(9))
                    .clientCustomizer(other -> seen.add(0, other.authority("another")));
            Election unused = elections.join(ElectionConfig.of("/a", "me"));

            await().atMost(LONG).until(() -> !seen.isEmpty());
            ClientBuilder used = seen.get(0);
            assertThat(used.target()).contains("127.0.0.1:1").doesNotContain("127.0.0.1:2");
            assertThat(used.user()).isNull();
            assertThat(used.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
            assertThat(used.authority()).isNull();
        }
    }

    @Test
    void isBuiltOnceOnAThreadOfItsOwnHoweverManyNeedIt() {
        try (Elections elections = builder.build()) {
            Election election = elections.join(ElectionConfig.of("/a", "me"));
            List<CompletableFuture<Optional<Candidate>>> asked =
                    List.of(election.fetchLeader(), election.fetchLeader(), election.fetchLeader());

            assertThat(asked).allSatisfy(each -> assertThat(each).failsWithin(LONG));
            assertThat(threads).containsExactly("election4j-connect");
        }
    }

    /** L3: users have a part in it, and may read key stores or never return. */
    @Test
    void nobodyWaitsForACustomizerThatDoesNotReturn() {
        builder.clientCustomizer(this::hang);
        Elections elections = builder.build();
        Election election = elections.join(ElectionConfig.of("/a", "me"));

        CompletableFuture<Optional<Candidate>> asked = election.fetchLeader();
        assertThat(asked).as("returned at once").isNotNull();
        assertThat(asked).failsWithin(LONG).withThrowableThat().withMessageContaining("still being built");
        await().atMost(LONG)
                .until(() -> election.status().lastError() != null
                        || elections.session().lastError() != null);
        assertThat(elections.closeAsync()).succeedsWithin(LONG);

        assertThat(threads).containsExactly("election4j-connect");
        released.countDown();
    }

    /** L2. */
    @Test
    void isBuiltAgainWhereTheCustomizerThrew() {
        builder.clientCustomizer(client -> {
            customize(client);
            if (threads.size() < 3) {
                throw new NoClassDefFoundError("as the test says");
            }
        });
        try (Elections elections = builder.build()) {
            Election election = elections.join(ElectionConfig.of("/a", "me"));
            await().atMost(LONG).until(() -> threads.size() == 3);
            assertThat(election.fetchLeader()).failsWithin(LONG);
            assertThat(threads).hasSize(3);
        }
    }

    private void customize(ClientBuilder client) {
        seen.add(client);
        threads.add(Thread.currentThread().getName());
    }

    private void hang(ClientBuilder client) {
        customize(client);
        try {
            released.await();
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
