package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inputs of a machine, one after the other. */
class InboxTests {
    private final List<String> done = new ArrayList<>();
    private final Inbox<String> inbox = new Inbox<>(this::perform);

    /** Each letter of an input is an effect; a capital one comes back as an input at once. */
    private void perform(String input) {
        for (int i = 0; i < input.length(); i++) {
            char effect = input.charAt(i);
            if (effect == '!') {
                throw new IllegalStateException("as the test says");
            } else if (Character.isUpperCase(effect)) {
                inbox.take(String.valueOf(Character.toLowerCase(effect)));
            }
            done.add(String.valueOf(effect));
        }
    }

    @Test
    void whatComesOfAnEffectWaitsUntilAllEffectsArePerformed() {
        inbox.take("aBcDe");

        assertThat(String.join("", done)).isEqualTo("aBcDebd");
    }

    @Test
    void takesTheNextThoughOneHasFailed() {
        try (LogCapture log = new LogCapture(SessionLoop.class)) {
            inbox.take("aB!c");
            inbox.take("d");

            assertThat(String.join("", done)).isEqualTo("aBbd");
            assertThat(log.lines()).hasSize(1);
        }
    }
}
