package io.github.election4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** P7: the words of the mark are facts for ever, whatever the order in which they are joined. */
class MarkValueTests {
    private static final int REMEMBERED = 8;

    @Test
    void readsWhatItWrites() {
        MarkValue value = new MarkValue(8_000, 1L << 40, List.of(7L, (1L << 40) + 1));

        assertThat(MarkValue.parse(value.text())).isEqualTo(value);
    }

    /** The guard of every write is the value to the letter. */
    @Test
    void writesTheFieldsInTheirOrder() {
        assertThat(new MarkValue(8_000, 5, List.of(7L, 9L)).text())
                .isEqualTo("{\"validityMs\":8000,\"released\":5,\"stopped\":[7,9]}");
        assertThat(MarkValue.NOTHING.text()).isEqualTo("{\"validityMs\":0,\"released\":0,\"stopped\":[]}");
    }

    @Test
    void saysNothingIfItCannotBeRead() {
        for (String raw :
                List.of("", " ", "x", "{", "[]", "8000", "null", "{}", "{\"released\":", "{\"released\":5", "\"5\"")) {
            assertThat(MarkValue.parse(raw)).as(raw).isEqualTo(MarkValue.NOTHING);
        }
    }

    @Test
    void takesWordsOnlyFromWholeNumbers() {
        for (String released : List.of("\"5\"", "5.5", "null", "[5]", "true", "92233720368547758070", "1e300")) {
            assertThat(MarkValue.parse("{\"released\":" + released + "}").released())
                    .as(released)
                    .isZero();
        }
        assertThat(MarkValue.parse("{\"stopped\":[1,\"2\",null,3.5,4,92233720368547758070,[5]]}")
                        .stopped())
                .containsExactly(1L, 4L);
        assertThat(MarkValue.parse("{\"stopped\":\"all\"}").stopped()).isEmpty();
        assertThat(MarkValue.parse("{\"stopped\":{\"a\":[1]},\"released\":5}"))
                .isEqualTo(new MarkValue(0, 5, List.of()));
        assertThat(MarkValue.parse("{\"stopped\":7}").stopped()).isEmpty();
    }

    @Test
    void doesNotObeyValiditiesBeyondReason() {
        assertThat(MarkValue.parse("{\"validityMs\":1e300}").validityMillis()).isEqualTo(86_400_000);
        assertThat(MarkValue.parse("{\"validityMs\":92233720368547758070}").validityMillis())
                .isEqualTo(86_400_000);
        assertThat(MarkValue.parse("{\"validityMs\":-1}").validityMillis()).isZero();
    }

    @Test
    void tellsOfEveryPlaceUpToTheReleasedOneAndOfEachThatStopped() {
        MarkValue value = new MarkValue(0, 5, List.of(8L));

        assertThat(LongStream.rangeClosed(1, 9).filter(value::tells)).containsExactly(1L, 2L, 3L, 4L, 5L, 8L);
    }

    @Test
    void keepsTheNewestWords() {
        MarkValue value = MarkValue.NOTHING.withStopped(List.of(12L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L));

        assertThat(value.stopped()).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void aReleaseSaysAllThatWasSaidOfPlacesBeforeIt() {
        MarkValue value = MarkValue.NOTHING.withStopped(List.of(3L, 5L, 9L)).withReleased(5);

        assertThat(value).isEqualTo(new MarkValue(0, 5, List.of(9L)));
        assertThat(value.withStopped(List.of(4L))).isEqualTo(value);
    }

    @Test
    void neverTakesAWordBack() {
        MarkValue value = new MarkValue(8_000, 5, List.of(9L));

        assertThat(value.withReleased(3)).isEqualTo(value);
        assertThat(value.withValidity(2_000)).isEqualTo(value);
        assertThat(value.withStopped(List.of())).isEqualTo(value);
    }

    /** A place that is not older than the mark comes from a history that was lost. */
    @Test
    void wordsThatAreNotOlderThanTheMarkAreVoid() {
        MarkValue value = new MarkValue(8_000, 5, List.of(7L, 9L, 10L, 11L));

        assertThat(value.asOf(12)).isEqualTo(value);
        assertThat(value.asOf(10)).isEqualTo(new MarkValue(8_000, 5, List.of(7L, 9L)));
        assertThat(value.asOf(6)).isEqualTo(new MarkValue(8_000, 5, List.of()));
        assertThat(value.asOf(5)).isEqualTo(new MarkValue(8_000, 0, List.of()));
    }

    /** Within what is remembered, joining the same words in any order, and twice, comes to the same. */
    @Test
    void joiningIsIdempotentAndCommutative() {
        Random random = new Random(1);
        for (int run = 0; run < 2_000; run++) {
            List<UnaryOperator<MarkValue>> words = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                words.add(word(random));
            }
            MarkValue once = joined(words);
            List<UnaryOperator<MarkValue>> otherwise = new ArrayList<>(words);
            otherwise.addAll(words);
            Collections.shuffle(otherwise, random);

            assertThat(joined(otherwise)).isEqualTo(once);
        }
    }

    @Test
    void joiningIsMonotone() {
        Random random = new Random(2);
        for (int run = 0; run < 2_000; run++) {
            MarkValue before = joined(List.of(word(random), word(random), word(random)));
            MarkValue after = word(random).apply(before);

            assertThat(after.validityMillis()).isGreaterThanOrEqualTo(before.validityMillis());
            assertThat(after.released()).isGreaterThanOrEqualTo(before.released());
            for (long place = 1; place <= 20; place++) {
                assertThat(!before.tells(place) || after.tells(place))
                        .as("%s, %s of %s", before, after, place)
                        .isTrue();
            }
        }
    }

    @Test
    void whatIsForgottenIsNeverInvented() {
        Random random = new Random(3);
        for (int run = 0; run < 500; run++) {
            MarkValue value = MarkValue.NOTHING;
            List<Long> said = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                long place = 1L + random.nextInt(1_000);
                said.add(place);
                value = value.withStopped(List.of(place));
            }
            assertThat(said).containsAll(value.stopped());
            assertThat(value.stopped())
                    .hasSizeLessThanOrEqualTo(REMEMBERED)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    private static MarkValue joined(List<UnaryOperator<MarkValue>> words) {
        MarkValue value = MarkValue.NOTHING;
        for (UnaryOperator<MarkValue> each : words) {
            value = each.apply(value);
        }
        return value;
    }

    /** Of few places, so that none has to be forgotten. */
    private static UnaryOperator<MarkValue> word(Random random) {
        long number = 1L + random.nextInt(REMEMBERED);
        return switch (random.nextInt(3)) {
            case 0 -> value -> value.withReleased(number);
            case 1 -> value -> value.withStopped(List.of(number, 1 + (number * 3) % REMEMBERED));
            default -> value -> value.withValidity(number * 1_000);
        };
    }
}
