package io.github.election4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ElectionConfigTests {
    private static final ElectionConfig GOOD = ElectionConfig.of("/a", "me");
    private static final Map<String, Integer> LONGEST = Map.of("name", 256, "key", 1_024, "id", 256, "address", 1_024);

    static Stream<Arguments> texts() {
        return Stream.of(
                part("name", GOOD::withName),
                part("key", text -> ElectionConfig.of(text, "me")),
                part("id", text -> ElectionConfig.of("/a", text)),
                part("address", GOOD::withAddress));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void refusesWhatCannotWork(String setting, Function<@Nullable String, ElectionConfig> with) {
        refuses(() -> with.apply(null), setting, "is null");
        refuses(() -> with.apply(" \u2003"), setting, "is blank");
        refuses(() -> with.apply("a\nb"), setting, "has the control character U+000A at index 1");
        refuses(() -> with.apply("ab\u0085"), setting, "has the control character U+0085 at index 2");
        refuses(() -> with.apply("a\ud800b"), setting, "has half of a character, U+D800, at index 1");
        refuses(() -> with.apply("\udc00"), setting, "has half of a character, U+DC00, at index 0");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void refusesAbsurdLengths(String setting, Function<@Nullable String, ElectionConfig> with) {
        int most = LONGEST.getOrDefault(setting, 0);
        assertThatCode(() -> with.apply("x".repeat(most))).doesNotThrowAnyException();
        refuses(() -> with.apply("x".repeat(most + 1)), setting, "has " + (most + 1) + " characters");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void takesAnyOtherText(String setting, Function<@Nullable String, ElectionConfig> with) {
        assertThatCode(() -> with.apply("a b/ü😀\u2028\\u000a\"")).doesNotThrowAnyException();
    }

    @Test
    void neitherNameNorKeyNorIdIsEmptyButAnAddressMayBe() {
        refuses(() -> GOOD.withName(""), "name", "is blank");
        refuses(() -> ElectionConfig.of("", "me"), "key", "is blank");
        refuses(() -> ElectionConfig.of("/a", ""), "id", "is blank");
        assertThat(GOOD.withAddress("").address()).isEmpty();
    }

    @Test
    void saysWhatToDo() {
        assertThatThrownBy(() -> GOOD.withAddress("http://me\r\n"))
                .hasMessage("address: has the control character U+000D at index 9. Leave it out.");
        assertThatThrownBy(() -> GOOD.withName("x".repeat(300)))
                .hasMessage("name: has 300 characters. Choose at most 256.");
    }

    @Test
    void refusesAStepDownTimeoutThatIsNone() {
        refuses(() -> GOOD.withStepDownTimeout(nothing()), "stepDownTimeout", "is null");
        refuses(
                () -> GOOD.withStepDownTimeout(Duration.ofNanos(-1)),
                "stepDownTimeout",
                "PT-0.000000001S is out of range");
        refuses(() -> GOOD.withStepDownTimeout(Duration.ofHours(1).plusNanos(1)), "stepDownTimeout", "is out of range");
        assertThat(GOOD.withStepDownTimeout(Duration.ZERO).stepDownTimeout()).isZero();
    }

    private static Arguments part(String setting, Function<String, ElectionConfig> with) {
        return Arguments.of(setting, with);
    }

    private static void refuses(ThrowingCallable construction, String setting, String found) {
        assertThatThrownBy(construction).isInstanceOfSatisfying(InvalidElectionConfigException.class, refusal -> {
            assertThat(refusal.setting()).isEqualTo(setting);
            assertThat(refusal.found()).contains(found);
            assertThat(refusal.action()).isNotBlank();
        });
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
