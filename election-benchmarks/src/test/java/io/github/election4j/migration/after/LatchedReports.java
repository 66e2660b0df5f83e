package io.github.election4j.migration.after;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeadershipListener;
import java.util.function.LongConsumer;

final class LatchedReports implements AutoCloseable {
    private final Election election;

    LatchedReports(Election election, Runnable open, Runnable close) {
        this.election = election;
        election.addListener(new LeadershipListener() {
            @Override
            public void onGranted(LeaderChanged change) {
                open.run();
            }

            @Override
            public void onRevoked(LeaderChanged change) {
                close.run();
            }
        });
    }

    void report(LongConsumer write) {
        election.leadership().ifPresent(term -> write.accept(term.fencingToken()));
    }

    @Override
    public void close() {
        election.close();
    }
}
