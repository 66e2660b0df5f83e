package io.github.election4j.spring.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import io.github.election4j.Leadership;
import io.github.election4j.spring.ManagedElection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LeaderOnlyGroupTests {
    private static final long TOKEN = 7;

    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Leadership term = mock();
    private final ManagedElection managed = mock();

    @BeforeEach
    void leads() throws Exception {
        when(term.fencingToken()).thenReturn(TOKEN);
        when(term.isValid()).thenReturn(true);
        when(term.call(any()))
                .thenAnswer(call -> call.<Callable<?>>getArgument(0).call());
        when(managed.leadership()).thenReturn(Optional.of(term));
        when(managed.config()).thenReturn(ElectionConfig.of("/g", "m1").withStepDownTimeout(Duration.ofMillis(200)));
    }

    @Test
    void stopsInReverseOrderEachPhaseOnceTheOneBeforeHasStopped() {
        LeaderOnlyGroup group = group(managed, recorded("a", 0), recorded("b", 1));

        group.onGranted(change(LeaderState.IS_LEADER));
        group.onRevoked(change(LeaderState.RETIRE_FROM_LEADER));

        assertThat(journal).containsExactly("a starts", "b starts", "b stopped", "a stopped");
    }

    @Test
    void aStopThatThrowsOrHangsKeepsNoOtherFromBeingStopped() {
        LeaderOnlyGroup group = group(managed, recorded("a", 0), new HangsOnStop(), new ThrowsOnStop());
        group.onGranted(change(LeaderState.IS_LEADER));

        group.onRevoked(change(LeaderState.RETIRE_FROM_LEADER));

        assertThat(journal).startsWith("a starts", "hanging starts", "throwing starts");
        await().atMost(Duration.ofSeconds(5)).until(() -> journal.contains("a stopped"));
    }

    /** It may still be at work, and would be at work twice. */
    @Test
    void whatHasNotStoppedSinceTheLastTermDoesNotStart() {
        LeaderOnlyGroup group = group(managed, new HangsOnStop());
        group.onGranted(change(LeaderState.IS_LEADER));
        group.onRevoked(change(LeaderState.RETIRE_FROM_LEADER));

        assertThatThrownBy(() -> group.onGranted(change(LeaderState.IS_LEADER)))
                .hasMessageContaining("'hanging'")
                .hasRootCauseMessage("it has not stopped since the last term");
    }

    @Test
    void stopsWhatHasStartedWhereAnotherFails() {
        LeaderOnlyGroup group = group(managed, recorded("a", 0), new ThrowsOnStart(), recorded("c", 2));

        assertThatThrownBy(() -> group.onGranted(change(LeaderState.IS_LEADER))).hasMessageContaining("Bean 'failing'");

        assertThat(journal).containsExactly("a starts", "a stopped");
        verify(managed, never()).resign(); // It stands aside, as whoever guards its listeners says.
    }

    @Test
    void resignsFromAnElectionOfTheUser() {
        Election users = mock();
        when(users.leadership()).thenReturn(Optional.of(term));
        LeaderOnlyGroup group = group(users, new ThrowsOnStart());

        assertThatThrownBy(() -> group.onGranted(change(LeaderState.IS_LEADER)))
                .isInstanceOf(IllegalStateException.class);

        verify(users).resign();
    }

    @Test
    void startsNothingForATermThatIsOver() {
        LeaderOnlyGroup group = group(managed, recorded("a", 0));
        when(term.isValid()).thenReturn(false);

        group.onGranted(change(LeaderState.IS_LEADER));

        assertThat(journal).isEmpty();
    }

    @Test
    void startsNothingThatRunsAlreadyAndStopsOnlyWhatRuns() {
        RecordedLifecycle running = recorded("a", 0);
        running.start();
        LeaderOnlyGroup group = group(managed, running);

        group.onGranted(change(LeaderState.IS_LEADER));
        group.onRevoked(change(LeaderState.RETIRE_FROM_LEADER));
        group.onRevoked(change(LeaderState.RETIRE_FROM_LEADER));

        assertThat(journal).containsExactly("a starts", "a stopped");
    }

    @Test
    void startsNothingOnceItIsClosed() {
        LeaderOnlyGroup group = group(managed, recorded("a", 0));
        group.onGranted(change(LeaderState.IS_LEADER));

        group.close();
        group.onGranted(change(LeaderState.IS_LEADER));

        assertThat(journal).containsExactly("a starts", "a stopped");
        verify(managed).removeListener(group);
    }

    private RecordedLifecycle recorded(String name, int phase) {
        return new RecordedLifecycle(name, phase, journal);
    }

    private static LeaderOnlyGroup group(Election election, RecordedLifecycle... beans) {
        List<List<LeaderOnlyBean>> phases = Stream.of(beans)
                .map(each -> List.of(new LeaderOnlyBean(each.name(), each)))
                .toList();
        LeaderOnlyGroup group = new LeaderOnlyGroup(election, phases);
        group.open();
        return group;
    }

    private static LeaderChanged change(LeaderState state) {
        return new LeaderChanged("default", null, null, state, TOKEN, ChangeReason.ELECTED, Instant.EPOCH);
    }

    /** For as long as the test lasts, and its thread is a daemon. */
    private class HangsOnStop extends RecordedLifecycle {
        HangsOnStop() {
            super("hanging", 1, journal);
        }

        @Override
        public void stop(Runnable callback) {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private class ThrowsOnStop extends RecordedLifecycle {
        ThrowsOnStop() {
            super("throwing", 2, journal);
        }

        @Override
        public void stop(Runnable callback) {
            throw new IllegalStateException("cannot stop");
        }
    }

    private class ThrowsOnStart extends RecordedLifecycle {
        ThrowsOnStart() {
            super("failing", 1, journal);
        }

        @Override
        public void start() {
            throw new IllegalStateException("cannot start");
        }
    }
}
