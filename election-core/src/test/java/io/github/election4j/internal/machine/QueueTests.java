package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.internal.machine.Queue.Entry;
import io.github.election4j.spi.KeyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** P3. */
class QueueTests {
    private final Queue queue = new Queue("/e/");

    @Test
    void isOrderedByCreateRevision() {
        put("/e/9", 5, "waiting");
        put("/e/a", 3, "waiting");
        put("/e/1", 7, "waiting");

        assertThat(queue.candidates()).extracting(Candidate::key).containsExactly("/e/a", "/e/9", "/e/1");
    }

    @Test
    void theHeadIsTheFirstThatIsNotReleased() {
        put("/e/1", 1, "released");
        put("/e/2", 2, "waiting");

        assertThat(queue.head()).isNotNull().matches(head -> head.key().equals("/e/2"));
        assertThat(queue.candidates()).hasSize(1);
        assertThat(queue.isEmpty()).isFalse();
    }

    @Test
    void hasNoHeadIfAllAreReleased() {
        put("/e/1", 1, "released");

        assertThat(queue.head()).isNull();
    }

    @Test
    void aPutReplacesTheKey() {
        put("/e/1", 1, "waiting");

        Entry previous = put("/e/1", 1, "leading");

        assertThat(previous).isNotNull();
        assertThat(queue.entries()).hasSize(1);
        assertThat(queue.head()).isNotNull().matches(Entry::leading);
    }

    @Test
    void aPlaceIsTheHeadByKeyAndCreateRevision() {
        put("/e/1", 4, "waiting");

        assertThat(queue.isHead(new Place("/e/1", 1, 4, 4))).isTrue();
        assertThat(queue.isHead(new Place("/e/1", 1, 5, 5))).isFalse();
        assertThat(queue.isHead(new Place("/e/2", 2, 4, 4))).isFalse();
    }

    @Test
    void knowsTheNextInLine() {
        put("/e/1", 1, "waiting");
        put("/e/2", 2, "released");
        put("/e/3", 3, "waiting");
        put("/e/4", 4, "waiting");

        assertThat(queue.isHeadOrNext(new Place("/e/1", 1, 1, 1))).isTrue();
        assertThat(queue.isHeadOrNext(new Place("/e/3", 3, 3, 3))).isTrue();
        assertThat(queue.isHeadOrNext(new Place("/e/4", 4, 4, 4))).isFalse();
    }

    @Test
    void aReadThatTellsNothingNewKeepsTheTimeOfTheFirstReceipt() {
        queue.replace(List.of(new KeyValue("/e/1", "x", 1, 2, 0)), 2, 100);

        queue.replace(List.of(new KeyValue("/e/1", "x", 1, 2, 0)), 9, 200);
        assertThat(queue.find("/e/1")).isNotNull().matches(entry -> entry.receivedAt() == 100);
        queue.replace(List.of(new KeyValue("/e/1", "x", 1, 3, 0)), 9, 300);

        assertThat(queue.find("/e/1")).isNotNull().matches(entry -> entry.receivedAt() == 300);
        assertThat(queue.revision()).isEqualTo(9);
    }

    @Test
    void aReadReplacesEverything() {
        put("/e/1", 1, "waiting");

        queue.replace(List.of(new KeyValue("/e/2", "x", 2, 2, 0), new KeyValue("/e/no/2", "x", 3, 3, 0)), 3, 0);

        assertThat(queue.candidates()).extracting(Candidate::key).containsExactly("/e/2");
    }

    @Test
    void holdsOnlyLeasesDirectlyUnderThePrefix() {
        assertThat(queue.holds("/e/694d7a1c0f")).isTrue();
        assertThat(queue.holds("/e/")).isFalse();
        assertThat(queue.holds("/e/xyz")).isFalse();
        assertThat(queue.holds("/e/a/1")).isFalse();
        assertThat(queue.holds("/f/1")).isFalse();
    }

    @Test
    void revisionsDoNotGoBack() {
        queue.advanceTo(7);
        queue.advanceTo(5);

        assertThat(queue.revision()).isEqualTo(7);
    }

    @Test
    void aForeignHeadLeadsWithoutSayingSo() {
        queue.put(Entry.of(new KeyValue("/e/1", "{\"id\":\"go\",\"addr\":\"x\"}", 1, 1, 0), 0));

        assertThat(queue.head()).isNotNull().matches(Entry::leadsAsHead);
        assertThat(queue.head()).isNotNull().matches(head -> !head.leading());
    }

    private @Nullable Entry put(String key, long createRevision, String state) {
        return queue.put(
                Entry.of(new KeyValue(key, Scenario.value("id", 8_000, state), createRevision, createRevision, 0), 0));
    }
}
