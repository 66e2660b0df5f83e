package io.github.election4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateValueTests {
    @Test
    void readsWhatItWrites() {
        CandidateValue value =
                new CandidateValue("a \"b\" ü", "http://a:1", 8_000, CandidateState.LEADING, List.of(3L, 1L << 40));

        assertThat(CandidateValue.parse(value.text())).isEqualTo(value);
    }

    @Test
    void writesTheFieldsInTheirOrder() {
        CandidateValue value = new CandidateValue("a", "b", 8_000, CandidateState.WAITING, List.of(7L));

        assertThat(value.text())
                .isEqualTo("{\"id\":\"a\",\"addr\":\"b\",\"validityMs\":8000,\"state\":\"waiting\",\"stopped\":[7]}");
    }

    @Test
    void readsTheValueOfAGoMember() {
        CandidateValue value = CandidateValue.parse("{\"id\":\"go-1\",\"addr\":\"http://10.0.0.1:80\"}");

        assertThat(value)
                .isEqualTo(new CandidateValue("go-1", "http://10.0.0.1:80", 0, CandidateState.UNSTATED, List.of()));
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
        for (String raw :
                List.of("", " ", "host-1", "{", "{}", "[1]", "null", "42", "\"x\"", "{\"id\":7}", "{\"id\":")) {
            assertThat(CandidateValue.parse(raw))
                    .isEqualTo(new CandidateValue(raw, "", 0, CandidateState.UNSTATED, List.of()));
        }
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
    void anUnknownStateIsUnstated() {
        assertThat(CandidateValue.parse("{\"id\":\"a\",\"state\":\"dreaming\"}").state())
                .isEqualTo(CandidateState.UNSTATED);
    }

    @Test
    void toleratesNonsenseAmongTheStopped() {
        assertThat(CandidateValue.parse("{\"id\":\"a\",\"stopped\":[1,\"2\",null,3.5,4]}")
                        .stopped())
                .containsExactly(1L, 4L);
        assertThat(CandidateValue.parse("{\"id\":\"a\",\"stopped\":\"all\"}").stopped())
                .isEmpty();
    }

    @Test
    void changesTheStateAndNothingElse() {
        CandidateValue value = new CandidateValue("a", "b", 8_000, CandidateState.WAITING, List.of(7L));

        assertThat(value.withState(CandidateState.RELEASED))
                .isEqualTo(new CandidateValue("a", "b", 8_000, CandidateState.RELEASED, List.of(7L)));
    }

    private static long validity(String json) {
        return CandidateValue.parse("{\"id\":\"a\",\"validityMs\":" + json + "}")
                .validityMillis();
    }
}
