package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionListener;
import io.github.election4j.Elections;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import io.github.election4j.OperationOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ManagedElectionTests {
    private final Elections session = mock();
    private final ManagedElection election =
            new ManagedElection("default", () -> session, () -> ElectionConfig.of("/m", "m1"), Participation.BY_CODE);

    @Test
    void aListenerThatWasAddedTwiceAndRemovedOnceDoesNotComeBack() {
        ElectionListener listener = mock();
        election.addListener(listener);
        election.addListener(listener);
        Election first = joining();
        verify(first).addListener(new StartGuard(listener, election));

        election.removeListener(listener);
        verify(first).removeListener(new StartGuard(listener, election));
        election.stop();

        verify(joining(), never()).addListener(any());
    }

    /** The engine knows it as the one that was added before there was any advice. */
    @Test
    void callsAListenerByTheAdviceThatItIsGivenLater() {
        ElectionListener listener = mock();
        ElectionEvent event = new ElectionError("default", "watch", "no answer", Instant.EPOCH);
        election.addListener(listener);
        StartGuard known = new StartGuard(listener, election);
        List<Object> advised = new ArrayList<>();

        election.setDeliveryAdvice((whom, what) -> advised.addAll(List.of(whom, what)));
        new StartGuard(listener, election).onEvent(event);

        assertThat(advised).containsExactly(listener, event);
        verify(listener, never()).onEvent(any());
        assertThat(new StartGuard(listener, election)).isEqualTo(known);
    }

    @Test
    void evictionsThatWereRefusedAreNotRemembered() {
        Election joined = joining();
        CompletableFuture<OperationOutcome> first = new CompletableFuture<>();
        CompletableFuture<OperationOutcome> second = new CompletableFuture<>();
        when(joined.evict()).thenReturn(first).thenReturn(second);
        var one = election.evict();
        var other = election.evict();

        first.completeExceptionally(closed());
        second.completeExceptionally(closed());
        var left = election.stop();

        assertThat(List.of(one, other, left)).allMatch(CompletableFuture::isDone);
        assertThat(election.status().evicted()).isFalse();
    }

    @Test
    void anEvictionIsRememberedThoughItsCancellationWasRefused() {
        Election joined = joining();
        when(joined.evict()).thenReturn(CompletableFuture.completedFuture(OperationOutcome.RELEASED));
        when(joined.cancelEvict()).thenReturn(CompletableFuture.failedFuture(closed()));

        var answers = List.of(election.evict(), election.cancelEvict(), election.stop());

        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(election.status().evicted()).isTrue();
    }

    @Test
    void aTaskIsRunInEachElectionThatIsJoinedUntilItIsClosed() {
        LeaderTask task = term -> {};
        LeaderWork before = election.whileLeading(task);
        Election first = joining();
        verify(first).whileLeading(task);
        LeaderWork inFirst = mock();
        when(inFirst.closed()).thenReturn(new CompletableFuture<>());
        when(first.whileLeading(any())).thenReturn(inFirst);
        LeaderWork during = election.whileLeading(task);
        var left = election.stop();
        Election second = joining();
        verify(second, times(2)).whileLeading(task);
        var leftAgain = election.stop();

        before.close();
        during.close();

        verify(joining(), never()).whileLeading(any());
        assertThat(List.of(left, leftAgain)).allMatch(CompletableFuture::isDone);
    }

    private static ElectionException closed() {
        return new ElectionException(ElectionException.Kind.CLOSED, "closed", null);
    }

    private Election joining() {
        Election joined = mock();
        when(joined.closeAsync()).thenReturn(CompletableFuture.completedFuture(null));
        when(session.join(any())).thenReturn(joined);
        election.start();
        return joined;
    }
}
