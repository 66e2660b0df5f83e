package io.github.election4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionException.Kind;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.wire.OrderValue.Answered;
import io.github.election4j.internal.wire.OrderValue.Asked;
import io.github.election4j.internal.wire.OrderValue.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderValueTests {
    @Test
    void whatIsAsked() {
        Asked asked = new Asked(Operation.TRANSFER, "m\"2", 7, "m1");

        assertThat(asked.text()).isEqualTo("{\"operation\":\"transfer\",\"to\":\"m\\\"2\",\"place\":7,\"by\":\"m1\"}");
        assertThat(OrderValue.parse(asked.text())).isEqualTo(asked);
        assertThat(OrderValue.parse("{\"operation\":\"resign\",\"place\":7}"))
                .isEqualTo(new Asked(Operation.RESIGN, "", 7, ""));
    }

    @Test
    void whatIsAnswered() {
        Answered done = new Answered(9, OperationOutcome.RELEASED, Kind.TIMEOUT, "");
        Answered failed = new Answered(9, null, Kind.REFUSED, "it is evicted");

        assertThat(done.text()).isEqualTo("{\"answers\":9,\"outcome\":\"RELEASED\"}");
        assertThat(OrderValue.parse(done.text())).isEqualTo(done);
        assertThat(failed.text()).isEqualTo("{\"answers\":9,\"failure\":\"REFUSED\",\"message\":\"it is evicted\"}");
        assertThat(OrderValue.parse(failed.text())).isEqualTo(failed);
    }

    /** By a newer version: nothing is known of what was done. */
    @Test
    void whatIsNotKnownIsNoOutcome() {
        assertThat(OrderValue.parse("{\"answers\":9,\"outcome\":\"ABDICATED\"}"))
                .isEqualTo(new Answered(9, null, Kind.TIMEOUT, ""));
        assertThat(OrderValue.parse("{\"operation\":\"abdicate\",\"place\":7,\"by\":\"m1\"}"))
                .isEqualTo(new Asked(null, "", 7, "m1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "resign",
                "[]",
                "{\"operation\":",
                "{\"operation\":{\"operation\":\"resign\"}}",
                "{\"operation\":[[[[\"resign\"]]]],\"place\":\"7\"}"
            })
    void whateverElseAsksForNothing(String raw) {
        assertThat(OrderValue.parse(raw)).isEqualTo(new Asked(null, "", 0, ""));
    }

    /** What is told to people stays one line, and short. */
    @Test
    void whatIsHostileIsMadeLegible() {
        String hostile = "x\n\u001b[31m" + "y".repeat(1_000_000);

        Asked asked = (Asked) OrderValue.parse(new Asked(Operation.TRANSFER, hostile, 7, hostile).text());
        Answered answered = (Answered) OrderValue.parse(new Answered(9, null, Kind.REFUSED, hostile).text());

        assertThat(asked.to()).hasSizeLessThan(2_000).doesNotContain("\n", "\u001b");
        assertThat(asked.by()).hasSizeLessThan(2_000).doesNotContain("\n", "\u001b");
        assertThat(answered.message()).hasSizeLessThan(2_000).doesNotContain("\n", "\u001b");
    }
}
