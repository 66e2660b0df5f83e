package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.StoreException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTests {
    private final StoreException denied = new StoreException(StoreException.Kind.DENIED, "no", null);

    @Test
    void findsWhatTheStoreSaid() {
        assertThat(Failures.of(denied)).isSameAs(denied);
        assertThat(Failures.of(new CompletionException(denied))).isSameAs(denied);
    }

    /** Of what nobody expected the outcome is unknown. */
    @Test
    void takesAnythingElseForAnUnknownOutcome() {
        IllegalStateException odd = new IllegalStateException("odd");
        StoreException found = Failures.of(new CompletionException(odd));
        assertThat(found).hasCause(odd);
        assertThat(found.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
        assertThat(found.reason()).isEqualTo("java.lang.IllegalStateException: odd");
        assertThat(Failures.of(new CompletionException("bare", null)).reason()).contains("bare");
    }
}
