package io.github.election4j.benchmarks.peer;

import io.github.election4j.benchmarks.store.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.retry.RetryForever;
import org.apache.curator.utils.CloseableUtils;

/** Curator's LeaderLatch on ZooKeeper. A latch that was closed is done with, so that each turn has a new one. */
final class CuratorPeer implements Peer {
    @Override
    public String name() {
        return "Curator LeaderLatch";
    }

    @Override
    public String version() {
        return Peers.version("Curator");
    }

    @Override
    public Kind store() {
        return Kind.ZOOKEEPER;
    }

    @Override
    public Connection connect(String address, Duration lease) {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(address)
                .sessionTimeoutMs((int) lease.toMillis())
                .connectionTimeoutMs((int) lease.toMillis() / 2)
                .retryPolicy(new RetryForever(200))
                .build();
        client.start();
        return new CuratorConnection(client);
    }

    private static final class CuratorConnection implements Connection {
        private final CuratorFramework client;
        private final List<Member> members = new CopyOnWriteArrayList<>();
        private final ExecutorService turns = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "curator-turns");
            thread.setDaemon(true);
            return thread;
        });

        CuratorConnection(CuratorFramework client) {
            this.client = client;
        }

        @Override
        public Contestant join(String election, String id) throws Exception {
            Member member = new Member("/" + election, id);
            members.add(member);
            return member;
        }

        @Override
        public void close() {
            turns.shutdownNow();
            members.forEach(member -> CloseableUtils.closeQuietly(member.latch));
            client.close();
        }

        private final class Member implements Contestant {
            private final String path;
            private final String id;
            private volatile LeaderLatch latch;

            Member(String path, String id) throws Exception {
                this.path = path;
                this.id = id;
                latch = new LeaderLatch(client, path, id);
                latch.start();
            }

            @Override
            public boolean isLeader() {
                return latch.hasLeadership();
            }

            @Override
            public void handOver() {
                turns.execute(this::takeAnother);
            }

            @Override
            public int queued() throws Exception {
                return latch.getParticipants().size();
            }

            @Override
            public String first() throws Exception {
                return latch.getLeader().getId();
            }

            private void takeAnother() {
                try {
                    latch.close();
                    LeaderLatch next = new LeaderLatch(client, path, id);
                    next.start();
                    latch = next;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
