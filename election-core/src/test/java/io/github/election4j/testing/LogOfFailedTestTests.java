package io.github.election4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LogOfFailedTestTests {
    @Nested
    class WhenATestFails {
        @Test
        void theFailureShowsTheLastLinesAndWhereTheOthersAre() {
            for (int i = 1; i <= 50; i++) {
                System.out.println("line " + i + " of 50");
            }
            System.err.println("and an error");

            Throwable failure = LogOfFailedTest.withLog(WhenATestFails.class, new IllegalStateException("failed"));

            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(failure.getSuppressed()[0])
                    .hasMessageContaining(LogOfFailedTestTests.class.getName() + "*-output.txt")
                    .hasMessageContaining("line 50 of 50\nand an error")
                    .hasMessageNotContaining("line 1 of 50");
        }
    }
}
