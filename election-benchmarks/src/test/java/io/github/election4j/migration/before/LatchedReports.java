package io.github.election4j.migration.before;

import java.io.IOException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatch.CloseMode;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;

final class LatchedReports implements AutoCloseable {
    private final LeaderLatch latch;

    LatchedReports(CuratorFramework client, Runnable open, Runnable close) throws Exception {
        latch = new LeaderLatch(client, "/reports", "m1", CloseMode.NOTIFY_LEADER);
        latch.addListener(new LeaderLatchListener() {
            @Override
            public void isLeader() {
                open.run();
            }

            @Override
            public void notLeader() {
                close.run();
            }
        });
        latch.start();
    }

    void report(Runnable write) {
        if (latch.hasLeadership()) {
            write.run();
        }
    }

    @Override
    public void close() throws IOException {
        latch.close();
    }
}
