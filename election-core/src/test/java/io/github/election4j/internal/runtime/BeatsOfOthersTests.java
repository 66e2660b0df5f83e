package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.ModelStore;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7, P12: the beat of another process is read and watched, and who leads by it is replaced once it is silent. */
class BeatsOfOthersTests {
    private static final Duration MOMENT = Duration.ofMillis(1);
    /** A leader of this validity has stopped by then, on any clock. */
    private static final Duration WAIT = Duration.ofMillis(8_800);

    private static final String LEADER = "/bench/a/7";
    private static final String BEAT = ElectionKeys.beat("7", 0);

    private final Bench bench = new Bench();
    private final MemoryStore store = bench.store();
    private final ModelStore model = store.model();

    @Test
    void whoeverIsSilentForItsWaitIsReplaced() {
        Election election = joinBehindAnother();

        bench.pass(WAIT.minus(MOMENT));
        assertThat(model.get(LEADER)).isNotNull();
        assertThat(election.isLeader()).isFalse();
        bench.pass(MOMENT);

        assertThat(takeOvers()).as("attempts").isEqualTo(1);
        assertThat(model.get(LEADER)).isNull();
        assertThat(election.isLeader()).isTrue();
    }

    @Test
    void eachBeatThatTheWatchTellsCountsAnew() {
        Election election = joinBehindAnother();

        bench.pass(WAIT.dividedBy(2));
        beat();
        bench.pass(WAIT.minus(MOMENT));
        assertThat(election.isLeader()).isFalse();
        bench.pass(MOMENT);

        assertThat(election.isLeader()).isTrue();
    }

    @Test
    void nobodyIsReplacedWhileItsBeatGoesOn() {
        Election election = joinBehindAnother();

        for (int i = 0; i < 20; i++) {
            bench.pass(Bench.PERIOD);
            beat();
        }

        assertThat(election.isLeader()).isFalse();
        assertThat(takeOvers()).as("attempts").isZero();
    }

    @Test
    void isReadOnceAndWatchedForAllElectionsThatFollowIt() {
        model.put("/bench/b/7", value());
        bench.elections().join(Bench.config("b"));
        joinBehindAnother();

        assertThat(reads()).isEqualTo(1);
        assertThat(store.openWatches()).as("two queues and a beat").isEqualTo(3);
    }

    @Test
    void isWatchedNoMoreOnceItsProcessHasGone() {
        Election election = joinBehindAnother();
        assertThat(store.openWatches()).as("the queue and the beat").isEqualTo(2);

        model.delete(LEADER);
        bench.pass(WAIT);

        assertThat(election.isLeader()).isTrue();
        assertThat(store.openWatches()).isEqualTo(1);
    }

    @Test
    void isWatchedOverTheNewConnectionsOnceTheyAreReplaced() {
        Election election = joinBehindAnother();
        bench.pass(WAIT.dividedBy(2));

        var replaced = bench.elections().reconnect();
        bench.settle();
        assertThat(replaced).isCompleted();
        assertThat(store.watchesOpened()).as("the queue and the beat, twice").isEqualTo(4);
        assertThat(store.openWatches()).isEqualTo(2);
        beat();
        bench.pass(WAIT.minus(MOMENT));

        assertThat(election.isLeader()).isFalse();
        assertThat(takeOvers()).as("attempts").isZero();
    }

    @Test
    void isReadAndWatchedAgainWhenTheWatchEnds() {
        Election election = joinBehindAnother();
        store.endWatches();
        bench.pass(Bench.PERIOD);
        assertThat(store.openWatches()).isEqualTo(2);
        assertThat(reads()).isEqualTo(2);

        beat();
        bench.pass(WAIT.minus(MOMENT));

        assertThat(election.isLeader()).isFalse();
        assertThat(takeOvers()).as("attempts").isZero();
    }

    @Test
    void isReadAgainWhenItCannotBeRead() {
        store.fail(StoreException.Kind.UNAVAILABLE, request -> request.contains("Get[key=" + BEAT));
        Election election = joinBehindAnother();
        bench.pass(Bench.PERIOD);
        assertThat(store.openWatches()).as("the queue").isEqualTo(1);

        store.heal();
        bench.pass(Bench.PERIOD);
        assertThat(store.openWatches()).isEqualTo(2);
        bench.pass(WAIT);

        assertThat(election.isLeader()).isTrue();
    }

    /** A watch that is silent of it is not relied on any more. */
    @Test
    void isReadAndWatchedAgainWhenAGuardFindsItFurtherOn() {
        Election election = joinBehindAnother();
        bench.pass(WAIT.minus(MOMENT));
        store.beforeNextWrite(this::beat);
        bench.pass(MOMENT);
        assertThat(election.isLeader()).isFalse();
        assertThat(reads()).isEqualTo(2);
        assertThat(store.watchesOpened()).as("the queue, and the beat twice").isEqualTo(3);
        assertThat(store.openWatches()).isEqualTo(2);

        bench.pass(WAIT.minus(MOMENT));
        assertThat(election.isLeader()).as("it counts anew").isFalse();
        bench.pass(MOMENT);

        assertThat(election.isLeader()).isTrue();
    }

    private Election joinBehindAnother() {
        model.put(LEADER, value());
        beat();
        Election election = bench.elections().join(Bench.config("a"));
        bench.settle();
        assertThat(election.candidates()).hasSize(2);
        assertThat(election.isLeader()).isFalse();
        return election;
    }

    private void beat() {
        model.put(BEAT, "as of revision " + model.revision());
    }

    private static String value() {
        return new CandidateValue("other", "", Bench.VALIDITY.toMillis(), 0, 0).text();
    }

    /** How often the beat was read, by itself or with others. */
    private long reads() {
        return store.commits().stream()
                .filter(each -> each.compares().isEmpty())
                .filter(each -> each.toString().contains("Get[key=" + BEAT))
                .count();
    }

    private long takeOvers() {
        return store.commits().stream()
                .flatMap(each -> each.then().stream())
                .filter(List.of(new Txn.Delete(LEADER))::contains)
                .count();
    }
}
