package io.github.election4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateValueTests {
    @Test
    void readsWhatItWrites() {
        CandidateValue value = new CandidateValue("a \"b\" ü", "http://a:1", 8_000, 3, 1_764_252_000_000L);

        assertThat(CandidateValue.parse(value.text())).isEqualTo(value);
    }

    /** A key is adopted only if its value is byte for byte what would be put (H1). */
    @Test
    void writesTheFieldsInTheirOrder() {
        CandidateValue value = new CandidateValue("a", "b", 8_000, 7, 9);

        assertThat(value.text()).isEqualTo("{\"id\":\"a\",\"addr\":\"b\",\"validityMs\":8000,\"beat\":7,\"since\":9}");
    }

    @Test
    void readsTheValueOfAGoMember() {
        CandidateValue value = CandidateValue.parse("{\"id\":\"go-1\",\"addr\":\"http://10.0.0.1:80\"}");

        assertThat(value).isEqualTo(new CandidateValue("go-1", "http://10.0.0.1:80", 0, CandidateValue.NO_GROUP, 0));
        assertThat(value.ours()).isFalse();
    }

    /** Go's encoder escapes these three by default. */
    @Test
    void readsHtmlEscapedJson() {
        CandidateValue value = CandidateValue.parse("{\"id\":\"a\\u003cb\\u003e\\u0026c\",\"addr\":\"\\u2028\"}");

        assertThat(value.id()).isEqualTo("a<b>&c");
        assertThat(value.address()).isEqualTo("\u2028");
    }

    @Test
    void takesAnyOtherTextForTheId() {
        for (String raw : List.of(
                "",
                " ",
                "host-1",
                "{",
                "{}",
                "[1]",
                "null",
                "42",
                "\"x\"",
                "{\"id\":7}",
                "{\"id\":",
                "{\"id\":\"a\"")) {
            assertThat(CandidateValue.parse(raw)).isEqualTo(new CandidateValue(raw, "", 0, CandidateValue.NO_GROUP, 0));
        }
    }

    /** Whoever logs or shows it shows a line of bounded length, and can encode it. */
    @Test
    void cutsForeignTextAndEscapesWhatIsNoText() {
        String tail = "\nWARN a line of its own\n".repeat(60_000);

        assertThat(CandidateValue.parse("a\tb\u0000\u007f\u0085").id()).isEqualTo("a\\u0009b\\u0000\\u007f\\u0085");
        assertThat(CandidateValue.parse("a\ud800b\udc00").id()).isEqualTo("a\\ud800b\\udc00");
        assertThat(CandidateValue.parse(tail).id())
                .startsWith("\\u000aWARN a line of its own\\u000a")
                .endsWith("…")
                .hasSizeBetween(256, 6 * 256 + 1)
                .doesNotContain("\n");
        assertThat(CandidateValue.parse("{\"id\":\"" + "x".repeat(1_500_000) + "\"}")
                        .id())
                .isEqualTo("x".repeat(256) + "…");
    }

    @Test
    void cutsAndEscapesInJsonAsWell() {
        CandidateValue value = CandidateValue.parse(
                "{\"id\":\"a\\nb\\ud800\",\"addr\":\"" + "y".repeat(1_025) + "\",\"validityMs\":5}");

        assertThat(value.id()).isEqualTo("a\\u000ab\\ud800");
        assertThat(value.address()).isEqualTo("y".repeat(1_024) + "…");
        assertThat(value.validityMillis()).isEqualTo(5);
    }

    @Test
    void cutsNoCharacterInHalf() {
        assertThat(CandidateValue.parse("x".repeat(255) + "😀😀").id()).isEqualTo("x".repeat(255) + "…");
        assertThat(CandidateValue.parse("x".repeat(254) + "😀😀").id()).isEqualTo("x".repeat(254) + "😀…");
    }

    /** Or two members of ours could be taken for one. */
    @Test
    void readsTheLongestOfItsOwnAsTheyWereWritten() {
        ElectionConfig longest =
                ElectionConfig.of("/a", "\\u000a😀".repeat(32)).withAddress("http://ü/" + "y".repeat(1_015));
        CandidateValue value = new CandidateValue(longest.id(), longest.address(), 1, 0, 0);

        assertThat(longest.id()).hasSize(256);
        assertThat(longest.address()).hasSize(1_024);
        assertThat(CandidateValue.parse(value.text())).isEqualTo(value);
    }

    @Test
    void takesEvenWhatCannotBeParsedForTheId() {
        assertThat(CandidateValue.parse("[".repeat(1_000_000)).id()).hasSize(257);
        assertThat(CandidateValue.parse("9".repeat(1_000_000)).id()).hasSize(257);
        assertThat(CandidateValue.parse("{\"id\":\"a\",\"x\":" + "[".repeat(1_000_000))
                        .id())
                .startsWith("{\"id\"");
    }

    @Test
    void doesNotObeyValiditiesBeyondReason() {
        assertThat(validity("9223372036854775807")).isEqualTo(86_400_000);
        assertThat(validity("1e300")).isEqualTo(86_400_000);
        assertThat(validity("-5")).isZero();
        assertThat(validity("-9223372036854775808")).isZero();
        assertThat(validity("\"soon\"")).isZero();
        assertThat(validity("null")).isZero();
        assertThat(validity("8000")).isEqualTo(8_000);
    }

    @Test
    void aNumberTooLargeForALongIsNotTakenForNoValidity() {
        assertThat(validity("92233720368547758070")).isEqualTo(86_400_000);
    }

    @Test
    void isOursByItsValidity() {
        assertThat(CandidateValue.parse("{\"id\":\"a\",\"validityMs\":1}").ours())
                .isTrue();
        assertThat(CandidateValue.parse("{\"id\":\"a\",\"validityMs\":0,\"beat\":1}")
                        .ours())
                .isFalse();
    }

    @Test
    void namesNoBeatIfItNamesNoneThatCanBe() {
        assertThat(group("0")).isZero();
        assertThat(group("12")).isEqualTo(12);
        assertThat(group("-7")).isEqualTo(CandidateValue.NO_GROUP);
        assertThat(group("\"first\"")).isEqualTo(CandidateValue.NO_GROUP);
        assertThat(group("null")).isEqualTo(CandidateValue.NO_GROUP);
        assertThat(group("{}")).isEqualTo(CandidateValue.NO_GROUP);
        assertThat(group("\"1\"")).isEqualTo(CandidateValue.NO_GROUP);
        assertThat(group("1e300")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() {
        assertThat(CandidateValue.parse(
                        "{\"state\":\"leading\",\"id\":\"a\",\"stopped\":[1],\"validityMs\":5,\"beat\":2}"))
                .isEqualTo(new CandidateValue("a", "", 5, 2, 0));
    }

    private static long validity(String json) {
        return CandidateValue.parse("{\"id\":\"a\",\"validityMs\":" + json + "}")
                .validityMillis();
    }

    private static int group(String json) {
        return CandidateValue.parse("{\"id\":\"a\",\"validityMs\":5,\"beat\":" + json + "}")
                .group();
    }
}
