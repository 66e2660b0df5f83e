package io.github.election4j.internal.machine;

import static io.github.election4j.internal.machine.Parts.PLACE;
import static io.github.election4j.internal.machine.Parts.mark;
import static io.github.election4j.internal.machine.Parts.place;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.internal.wire.EvictionValue;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** P8: whom the next in the queue has to give way to. */
class SuccessorsTests {
    private static final KeyValue FOREIGN = new KeyValue(World.PREFIX + "f", "go", 20, 20, 0);

    private final Parts parts = new Parts();
    private final Successors next = new Successors(parts.settings, parts.view);
    private final Successors newest = new Successors(Parts.settings(HandOverTo.NEWEST), parts.view);

    @Test
    void nobodyHasToUnlessThatIsAskedFor() {
        parts.stands(40, place("a2", 10), place("a3", 11));

        assertThat(next.choose(parts.own, null)).isNull();
        assertThat(placesAhead(next.choose(parts.own, "xa3"))).containsExactly(10L);
        assertThat(placesAhead(next.choose(parts.own, "xa2"))).isEmpty();
        assertThat(next.choose(parts.own, "xa4")).isNull();
    }

    @Test
    void theNewestIsTheLastThatIsNeitherEvictedNorBehindAForeignOne() {
        parts.stands(40, place("a2", 10), place("a3", 11), place("a4", 12), FOREIGN, place("a5", 21));
        assertThat(chosen(newest)).isEqualTo(12);

        parts.view.apply(new WatchEvent.Put(new KeyValue(
                parts.settings.keys().eviction("xa4"), new EvictionValue("", "", 0, 0).text(), 41, 41, 0)));

        assertThat(chosen(newest)).isEqualTo(11);
    }

    @Test
    void whoStandsAheadOfThisMemberIsNoSuccessor() {
        parts.stands(40, place("a2", 3));

        assertThat(newest.choose(parts.own, null)).isNull();
        assertThat(next.choose(parts.own, "xa2")).isNull();
        assertThat(next.refusal(parts.own, "xa2")).isEqualTo("it does not wait in the queue");
    }

    /** The guards of own key, mark and chosen one, and 100 more, are fewer than the 128 that etcd takes. */
    @Test
    void asManyGiveWayAsATransactionHasRoomFor() {
        parts.stands(
                400,
                LongStream.rangeClosed(10, 10 + Successors.MOST_AHEAD + 1)
                        .mapToObj(each -> place("b" + each, each))
                        .toArray(KeyValue[]::new));
        Successors.Choice last = Objects.requireNonNull(newest.choose(parts.own, null));

        assertThat(last.ahead()).hasSize(Successors.MOST_AHEAD);
        assertThat(next.refusal(parts.own, "xb110")).isNull();
        assertThat(next.refusal(parts.own, "xb111")).isEqualTo("101 are ahead of it, more than 100");
        assertThat(next.choose(parts.own, "xb111")).isNull();
        assertThat(Transactions.transfer(
                        parts.settings.keys(), parts.own, last, Mark.ABSENT, MarkValue.NOTHING, List.of()))
                .satisfies(txn -> {
                    assertThat(txn.compares()).hasSizeLessThanOrEqualTo(128);
                    assertThat(txn.then()).hasSizeLessThanOrEqualTo(128);
                });
    }

    @Test
    void theWordIsOfTheLastThatGivesWay() {
        parts.stands(40, mark(9, new MarkValue(8_000, 0, List.of())), place("a2", 10), place("a3", 11));
        parts.own.leads();
        Retiring retiring =
                new Retiring(Parts.settings(HandOverTo.NEWEST), parts.self, parts.view, parts.claims, parts.journal);
        Decisions step = Parts.step();

        retiring.advance(parts.own, step);

        assertThat(Parts.written(Parts.sent(step)).released()).isEqualTo(10);
        assertThat(Parts.sent(step).txn().then()).hasSize(3);
    }

    @Test
    void theNewestThatIsTheNextNeedsNoMoreThanARelease() {
        parts.stands(40, mark(9, new MarkValue(8_000, 0, List.of())), place("a2", 10));
        parts.own.leads();
        Retiring retiring =
                new Retiring(Parts.settings(HandOverTo.NEWEST), parts.self, parts.view, parts.claims, parts.journal);
        Decisions step = Parts.step();

        retiring.advance(parts.own, step);

        assertThat(Parts.written(Parts.sent(step)).released()).isEqualTo(PLACE);
    }

    private long chosen(Successors successors) {
        return Objects.requireNonNull(successors.choose(parts.own, null))
                .chosen()
                .createRevision();
    }

    private static List<Long> placesAhead(Successors.@Nullable Choice choice) {
        return Objects.requireNonNull(choice).ahead().stream()
                .map(Place::createRevision)
                .toList();
    }
}
