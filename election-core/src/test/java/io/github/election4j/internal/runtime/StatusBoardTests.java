package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.internal.machine.MachineSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusBoardTests {
    private static final Instant LATER = Instant.EPOCH.plusSeconds(60);

    private final StatusBoard board =
            new StatusBoard(Stage.CONFIG, snapshot(ElectionState.WAITING, null), Instant.EPOCH);

    @Test
    void showsWhatWasPublished() {
        assertThat(board.last())
                .isEqualTo(new ElectionStatus(
                        "default",
                        "/stress",
                        "m1",
                        "",
                        ElectionState.WAITING,
                        Stage.SECOND,
                        false,
                        List.of(Stage.SECOND),
                        List.of(),
                        null,
                        Instant.EPOCH,
                        null,
                        List.of(),
                        List.of()));

        board.record(Stage.event(7));
        board.publish(snapshot(ElectionState.LEADING, Stage.FIRST), LATER, "watch: no answer");

        assertThat(board.last().state()).isEqualTo(ElectionState.LEADING);
        assertThat(board.last().fencingToken()).isEqualTo(1);
        assertThat(board.last().lastError()).isEqualTo("watch: no answer");
        assertThat(board.last().history()).containsExactly(Stage.event(7));
    }

    @Test
    void tellsSinceWhenTheStateLasts() {
        board.publish(snapshot(ElectionState.WAITING, null), LATER, null);
        assertThat(board.last().since()).isEqualTo(Instant.EPOCH);
        board.publish(snapshot(ElectionState.EVICTED, null), LATER, null);
        assertThat(board.last().since()).isEqualTo(LATER);
    }

    @Test
    void logsEachChangeOfStateOnce() {
        try (LogCapture log = new LogCapture(StatusBoard.class)) {
            board.publish(snapshot(ElectionState.LEADING, Stage.FIRST), LATER, null);
            board.publish(snapshot(ElectionState.LEADING, Stage.FIRST), LATER, null);
            board.publish(
                    new MachineSnapshot(
                            ElectionState.WAITING, null, null, false, List.of(), List.of(), List.of(), List.of(), 0),
                    LATER,
                    null);
            assertThat(log.lines())
                    .containsExactly(
                            "INFO Election 'default': WAITING -> LEADING, leader 'm1' (token 1)",
                            "INFO Election 'default': LEADING -> WAITING, leader nobody");
        }
    }

    @Test
    void keepsTheLastTwentyChanges() {
        LongStream.rangeClosed(1, 21).forEach(token -> board.record(Stage.event(token)));
        assertThat(board.last().history()).as("not published yet").isEmpty();

        board.publish(snapshot(ElectionState.WAITING, null), LATER, null);

        assertThat(board.last().history())
                .extracting(LeaderChanged::fencingToken)
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 21).boxed().toList());
    }

    @Test
    void neverShowsATermThatIsOver() {
        board.publish(snapshot(ElectionState.LEADING, Stage.FIRST), LATER, "watch: no answer");
        ElectionStatus published = board.last();

        assertThat(board.now(() -> true)).isSameAs(published);
        assertThat(board.now(() -> false))
                .isEqualTo(new ElectionStatus(
                        "default",
                        "/stress",
                        "m1",
                        "",
                        ElectionState.STEPPING_DOWN,
                        null,
                        false,
                        List.of(Stage.FIRST),
                        List.of(),
                        null,
                        LATER,
                        "watch: no answer",
                        List.of(),
                        List.of()));
    }

    @Test
    void asksNoClockForWhoDoesNotLead() {
        assertThat(board.now(() -> false)).isSameAs(board.last());
    }

    private static MachineSnapshot snapshot(ElectionState state, @Nullable Candidate term) {
        Candidate leader = term == null ? Stage.SECOND : term;
        return new MachineSnapshot(state, leader, term, false, List.of(leader), List.of(), List.of(), List.of(), 0);
    }
}
