package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** P11: connections that are replaced after a long outage, and how long an attempt may take, then and at a wish. */
class ReconnectingAfterOutageTests {
    private final Bench bench = new Bench();
    private final Bench quick =
            new Bench(new SessionSettings(Duration.ofSeconds(2), null, Duration.ofSeconds(1), Duration.ofSeconds(2)));

    /** The outage is told already, and what comes of it is tried at the next occasion. */
    @Test
    void failureAfterALongOutageIsNotToldOnceMore() {
        List<Election> joined = bench.lead("a");
        List<ElectionEvent> heard = new ArrayList<>();
        joined.get(0).addListener(heard::add);
        bench.settle();
        bench.store().fail(StoreException.Kind.UNAVAILABLE, MemoryStore::everything);

        bench.pass(Bench.LEASE.multipliedBy(5));

        assertThat(bench.store().reconnects()).isEqualTo(2);
        assertThat(heard)
                .filteredOn(ElectionError.class::isInstance)
                .extracting(event -> ((ElectionError) event).operation())
                .doesNotContain("reconnect");
    }

    /** Whose wish was fulfilled has nothing to do with it. */
    @Test
    void failureAfterALongOutageIsNoFailureOfAnEarlierWish() {
        bench.lead("a");
        CompletableFuture<Void> replaced = bench.elections().reconnect();
        bench.settle();
        assertThat(replaced).isCompleted();
        bench.store().fail(StoreException.Kind.UNAVAILABLE, MemoryStore::everything);

        bench.pass(Bench.LEASE.multipliedBy(2).plusSeconds(5));

        assertThat(bench.store().reconnects()).as("and is not tried again soon").isEqualTo(2);
    }

    /** An attempt with a lease of 2 s goes on until the next is asked for, 15 s later, and is followed by it. */
    @Test
    void triesWithoutAPauseWhileAnOutageLasts() {
        quick.lead("a");
        quick.store().leaveUnanswered(MemoryStore::everything);

        quick.pass(Duration.ofSeconds(31));

        assertThat(quick.store().reconnectLimits()).startsWith(Duration.ofSeconds(15));
    }

    /** Either may be a little late, and then the other is the first. */
    @Test
    void attemptAfterAnOutageIsFollowedByTheNextThoughItIsStillUnderWayThen() {
        bench.lead("a");
        bench.store().leaveUnanswered(MemoryStore::everything);
        bench.pass(Bench.LEASE.multipliedBy(4).plusSeconds(1));
        assertThat(bench.store().reconnects()).isEqualTo(1);

        bench.store().reconnectsUnderWay().forEach(each -> each.cancel(false));
        bench.settle();

        assertThat(bench.store().reconnects()).isEqualTo(2);
    }

    /** A connection has to be made before a request can be answered. */
    @Test
    void wishMayTakeAsLongAsAConnectionAndARequest() {
        quick.lead("a");

        var unused = quick.elections().reconnect();
        quick.settle();

        assertThat(quick.store().reconnectLimits()).containsExactly(Duration.ofSeconds(3));
    }

    /** It was built of what is no longer true, perhaps. */
    @Test
    void wishEndsWhatIsUnderWayAfterAnOutage() {
        bench.lead("a");
        bench.store().leaveUnanswered(MemoryStore::everything);
        bench.pass(Bench.LEASE.multipliedBy(3));
        assertThat(bench.store().reconnects()).isEqualTo(1);
        bench.store().heal();

        CompletableFuture<Void> replaced = bench.elections().reconnect();
        try (LogCapture log = new LogCapture(Reconnecting.class)) {
            bench.settle();
            assertThat(log.lines()).as("nothing has failed").isEmpty();
        }

        assertThat(replaced).isCompleted();
        assertThat(bench.store().reconnects()).isEqualTo(2);
        assertThat(bench.store().reconnectsUnderWay()).isEmpty();
    }
}
