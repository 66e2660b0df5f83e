package io.github.election4j.spring;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionListener;
import io.github.election4j.Elections;
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

    private Election joining() {
        Election joined = mock();
        when(joined.closeAsync()).thenReturn(CompletableFuture.completedFuture(null));
        when(session.join(any())).thenReturn(joined);
        election.start();
        return joined;
    }
}
