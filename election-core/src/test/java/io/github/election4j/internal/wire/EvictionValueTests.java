package io.github.election4j.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvictionValueTests {
    @Test
    void saysWhoAskedWhyAndFromWhenUntilWhen() {
        EvictionValue value = new EvictionValue("ops", "disk", 7, 9);

        assertThat(value.text()).isEqualTo("{\"by\":\"ops\",\"reason\":\"disk\",\"since\":7,\"until\":9}");
        assertThat(EvictionValue.parse(value.text())).isEqualTo(value);
    }

    /** As by hand, with etcdctl: it evicts all the same, and what it says is the reason. */
    @Test
    void whatIsNoJsonIsTheReason() {
        assertThat(EvictionValue.parse("disk is full")).isEqualTo(new EvictionValue("", "disk is full", 0, 0));
    }

    @Test
    void whatIsHostileIsMadeLegible() {
        String hostile = "</script>\n" + "y".repeat(1_000_000);

        EvictionValue value = EvictionValue.parse(new EvictionValue(hostile, hostile, Long.MAX_VALUE, -1).text());

        assertThat(value.by()).hasSizeLessThan(2_000).doesNotContain("\n");
        assertThat(value.reason()).hasSizeLessThan(2_000).doesNotContain("\n");
        assertThat(EvictionValue.parse("{\"since\":\"soon\",\"until\":{\"a\":[1]}}")
                        .untilMillis())
                .isZero();
    }
}
