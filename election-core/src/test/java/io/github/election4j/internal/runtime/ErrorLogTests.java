package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ErrorLogTests {
    private final LogCapture log = new LogCapture(ErrorLog.class);
    private final ErrorLog errors = new ErrorLog("It");

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void saysALastingFailureEverMoreSeldom() {
        for (int attempt = 1; attempt <= 9; attempt++) {
            errors.failed("watch", "no answer", attempt);
        }
        assertThat(log.lines())
                .containsExactly(
                        "WARN It: watch failed (1 in a row), trying again: no answer",
                        "WARN It: watch failed (2 in a row), trying again: no answer",
                        "WARN It: watch failed (4 in a row), trying again: no answer",
                        "WARN It: watch failed (8 in a row), trying again: no answer");
    }

    @Test
    void isSilentOnWhatSomebodyElseSaysAndKnowsItAllTheSame() {
        errors.noted("session", "no answer");
        assertThat(errors.last()).isEqualTo("session: no answer");
        errors.recovered("session");
        assertThat(errors.last()).isNull();
        assertThat(log.lines()).isEmpty();

        errors.noted("session", "no answer");
        errors.failed("watch", "no answer", 1);
        errors.recovered("watch");
        assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO It: watch fails no more");
    }

    @Test
    void isWorthTellingEverMoreSeldom() {
        assertThat(IntStream.rangeClosed(1, 20).filter(ErrorLog::isWorthTelling))
                .containsExactly(1, 2, 4, 8, 16);
    }

    @Test
    void tellsTheLastFailureThatLasts() {
        assertThat(errors.last()).isNull();
        errors.failed("watch", "no answer", 1);
        errors.failed("enter", "denied", 1);
        errors.failed("watch", "no leader", 3);
        assertThat(errors.last()).isEqualTo("watch: no leader");

        errors.recovered("watch");

        assertThat(errors.last()).isEqualTo("enter: denied");
        errors.recovered("enter");
        assertThat(errors.last()).isNull();
    }

    @Test
    void saysThatSomethingSucceedsAgainAndOnlyThen() {
        errors.recovered("watch");
        assertThat(log.lines()).isEmpty();
        errors.failed("watch", "no answer", 1);
        errors.recovered("watch");
        errors.recovered("watch");
        assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO It: watch fails no more");
    }
}
