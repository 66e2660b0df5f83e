package io.github.election4j.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportStoreTests {
    private final ReportStore store = new ReportStore();

    @Test
    void refusesALeaderWhoseSuccessorHasWritten() {
        assertThat(store.write(7, "old")).isTrue();
        assertThat(store.write(9, "new")).isTrue();
        assertThat(store.write(7, "old")).isFalse();
        assertThat(store.write(9, "new")).isTrue();
    }
}
