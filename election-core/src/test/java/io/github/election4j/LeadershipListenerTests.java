package io.github.election4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadershipListenerTests {
    private final List<String> heard = new ArrayList<>();
    private final LeadershipListener listener = new LeadershipListener() {
        @Override
        public void onGranted(LeaderChanged change) {
            heard.add("granted " + change.state());
        }

        @Override
        public void onRevoked(LeaderChanged change) {
            heard.add("revoked " + change.state());
        }

        @Override
        public void onLeaderChanged(LeaderChanged change) {
            heard.add("changed " + change.state());
        }

        @Override
        public void onError(ElectionError error) {
            heard.add("error " + error.operation());
        }
    };

    @Test
    void hasAMethodForEachKindOfEvent() {
        for (LeaderState state : LeaderState.values()) {
            listener.onEvent(new LeaderChanged("e", null, null, state, null, ChangeReason.OBSERVED, Instant.EPOCH));
        }
        listener.onEvent(new ElectionError("e", "watch", "no answer", Instant.EPOCH));

        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "granted IS_LEADER", "revoked RETIRE_FROM_LEADER", "changed IS_NOT_LEADER", "error watch");
    }
}
