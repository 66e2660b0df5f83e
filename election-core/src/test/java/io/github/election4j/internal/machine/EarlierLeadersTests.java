package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.KeyValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P7, H3. The queue is read in revision 9. */
class EarlierLeadersTests {
    private static final long NOW = Long.MAX_VALUE - 1_000;

    private final ElectionKeys keys = new ElectionKeys("/e");
    private final ElectionMemory memory = new ElectionMemory();
    private final EarlierLeaders earlier = new EarlierLeaders(keys, memory, new View(keys));

    @Test
    void areWaitedForAsLongAsWhoStandsSays() {
        assertThat(claim(place("/e/2", 5, 8_000), place("/e/1", 4, 10_000))).isEqualTo(claim(4, 11_000));
    }

    @Test
    void areWaitedForAsLongAsTheMarkSays() {
        assertThat(claim(place("/e/2", 5, 8_000), mark(20_000))).isEqualTo(claim(5, 22_000));
    }

    @Test
    void areWaitedForAsLongAsIsKnownOfTheElection() {
        memory.knows(20_000);

        assertThat(claim(place("/e/2", 5, 8_000))).isEqualTo(claim(5, 22_000));
    }

    @Test
    void mayHaveLedUntilNowWhereNobodyStands() {
        assertThat(claim(mark(8_000), place("/e/x/1", 3, 20_000))).isEqualTo(claim(10, 8_800));
    }

    @Test
    void areRememberedAsLongAsTheyAreWaitedFor() {
        claim(place("/e/2", 5, 8_000), mark(20_000));

        assertThat(memory.longestValidityMillis()).isEqualTo(20_000);
        assertThat(claim(place("/e/2", 5, 8_000))).isEqualTo(claim(5, 22_000));
    }

    private Claims.Entry claim(KeyValue... range) {
        return earlier.claim(List.of(range), 9, NOW);
    }

    private static Claims.Entry claim(long first, long waitMillis) {
        return new Claims.Entry(first, NOW + Duration.ofMillis(waitMillis).toNanos());
    }

    private static KeyValue place(String key, long revision, long validityMillis) {
        return new KeyValue(key, Scenario.value("other", validityMillis), revision, revision, 0);
    }

    private KeyValue mark(long validityMillis) {
        return new KeyValue(keys.mark(), new MarkValue(validityMillis, 0, List.of()).text(), 2, 8, 0);
    }
}
