package io.github.election4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.github.election4j.etcd.EtcdElections;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A member of an election, with everything it was told. */
public final class Member implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private final Elections elections;
    private final Election election;
    private final List<ElectionEvent> events = new CopyOnWriteArrayList<>();

    private Member(Elections elections, ElectionConfig config) {
        this.elections = elections;
        this.election = elections.join(config);
        election.addListener(events::add);
    }

    public static Member join(String key, String id, Duration lease, String... endpoints) {
        return join(ElectionConfig.of(key, id).withAddress("http://" + id), lease, endpoints);
    }

    public static Member join(ElectionConfig config, Duration lease, String... endpoints) {
        return join(config, builder(lease, endpoints));
    }

    public static Member join(ElectionConfig config, EtcdElections builder) {
        return new Member(builder.build(), config);
    }

    public static EtcdElections builder(Duration lease, String... endpoints) {
        return EtcdElections.builder().endpoints(endpoints).leaseDuration(lease).requestTimeout(lease.dividedBy(2));
    }

    public Election election() {
        return election;
    }

    public Elections elections() {
        return elections;
    }

    public boolean isLeader() {
        return election.isLeader();
    }

    public Member awaitLeader() {
        await(election.id() + " leads")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(2))
                .until(election::isLeader);
        return this;
    }

    /** Waits until this member is in the queue and knows who leads. */
    public Member awaitFollows(Member leader) {
        await(election.id() + " follows " + leader.election.id())
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> knows(leader) && queued());
        return this;
    }

    public boolean queued() {
        return election.candidates().stream().anyMatch(each -> each.id().equals(election.id()));
    }

    public List<ElectionEvent> events() {
        return events;
    }

    /** The own terms as they were told: {@code +token} for a grant, {@code -token} for a revocation. */
    public List<String> terms() {
        return events.stream()
                .filter(LeaderChanged.class::isInstance)
                .map(LeaderChanged.class::cast)
                .filter(change -> change.state() != LeaderState.IS_NOT_LEADER)
                .map(change -> (change.state() == LeaderState.IS_LEADER ? "+" : "-") + change.fencingToken())
                .toList();
    }

    /** Waits until it was told of so many changes of its own terms: listeners hear of a term later than it begins. */
    public void awaitTerms(int count) {
        await(election.id() + " was told of " + count + " changes")
                .atMost(LIMIT)
                .until(() -> terms().size() >= count);
        assertThat(terms()).hasSize(count);
    }

    /** S3: one grant and one revocation for each own term. */
    public void assertTermsAlternate() {
        List<String> terms = terms();
        for (int i = 0; i < terms.size(); i++) {
            assertThat(terms.get(i)).as("%s", terms).startsWith(i % 2 == 0 ? "+" : "-");
        }
    }

    /** Closes in order. */
    public void leave() {
        elections.close();
    }

    @Override
    public void close() {
        leave();
    }

    private boolean knows(Member leader) {
        return election.leader()
                .filter(known -> Objects.equals(known.id(), leader.election.id()))
                .isPresent();
    }
}
