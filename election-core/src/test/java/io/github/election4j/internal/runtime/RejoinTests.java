package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.etcd.EtcdElections;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who was told that an election is closed may join it again. */
class RejoinTests {
    private static final ElectionConfig CONFIG = ElectionConfig.of("/rejoin", "m1");

    /** Nothing answers there: no place was ever taken, so closing ends at once. */
    private static final String NOBODY = "http://127.0.0.1:1";

    @Test
    void joinedAgainWhenClosed() throws Exception {
        try (Elections elections = EtcdElections.builder()
                .endpoints(NOBODY)
                .leaseDuration(Duration.ofSeconds(3))
                .build()) {
            Election again = elections
                    .join(CONFIG)
                    .closeAsync()
                    .thenApply(closed -> elections.join(CONFIG))
                    .get(10, TimeUnit.SECONDS);

            assertThat(elections.elections()).containsExactly(again);
        }
    }
}
