package io.github.election4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ChangeReason;
import org.junit.jupiter.api.Test;

class TermValueTests {
    private static final TermValue BEGUN = new TermValue("a \"b\"", "http://a", 7, 1_000, 0, null, "");

    @Test
    void readsWhatItWrites() {
        TermValue over = BEGUN.ended(2_000, ChangeReason.EVICTED, "anna");

        assertThat(TermValue.parse(BEGUN.text())).isEqualTo(BEGUN);
        assertThat(TermValue.parse(over.text())).isEqualTo(over);
        assertThat(BEGUN.isOver()).isFalse();
        assertThat(over.isOver()).isTrue();
    }

    @Test
    void knowsNoReasonOfALaterVersion() {
        TermValue over = TermValue.parse("{\"id\":\"a\",\"until\":9,\"reason\":\"BORED\"}");

        assertThat(over.isOver()).isTrue();
        assertThat(over.reason()).isNull();
    }

    /** What is told to people stays one line, and short. */
    @Test
    void whatIsHostileIsMadeLegible() {
        String hostile = "x\n\u001b[31m" + "y".repeat(1_000_000);
        TermValue value =
                TermValue.parse(new TermValue(hostile, hostile, 1, 1, 1, ChangeReason.CLOSED, hostile).text());

        for (String each : new String[] {value.id(), value.address(), value.by()}) {
            assertThat(each).hasSizeLessThan(2_000).doesNotContain("\n", "\u001b");
        }
        assertThat(TermValue.parse("</script>")).isEqualTo(new TermValue("", "", 0, 0, 0, null, ""));
        assertThat(TermValue.parse("{\"token\":1e400,\"from\":-1e400,\"until\":{}}")
                        .token())
                .isPositive();
    }
}
