package io.github.election4j.benchmarks.peer;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.election.LeaderKey;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.support.CloseableClient;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The recipe as it is commonly written: one lease that is kept alive, a campaign, and a flag that is true from the end
 * of the campaign until the lease is known to be lost. Then another lease, and another campaign.
 */
final class JetcdConnection implements Connection {
    private static final long BETWEEN_TRIES_MILLIS = 200;
    /** On a busy machine a process that has just begun needs longer for its first words than for all others. */
    private static final long FIRST_GRANT_LIMIT_SECONDS = 30;

    private final Client client;
    private final long ttlSeconds;
    private final ScheduledExecutorService tries = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "jetcd-recipe");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private volatile long lease;
    private volatile @Nullable CloseableClient keepAlive;

    private JetcdConnection(Client client, Duration lease) {
        this.client = client;
        this.ttlSeconds = lease.toSeconds();
    }

    static JetcdConnection open(Client client, Duration lease) throws Exception {
        JetcdConnection connection = new JetcdConnection(client, lease);
        connection.begin(FIRST_GRANT_LIMIT_SECONDS);
        return connection;
    }

    @Override
    public Contestant join(String election, String id) {
        Member member = new Member(election, id);
        members.add(member);
        member.campaign();
        return member;
    }

    @Override
    public void close() {
        tries.shutdownNow();
        CloseableClient open = keepAlive;
        if (open != null) {
            open.close();
        }
        client.getLeaseClient()
                .revoke(lease)
                .orTimeout(2, TimeUnit.SECONDS)
                .whenComplete((done, failure) -> client.close());
    }

    private void begin(long limitSeconds) throws Exception {
        lease = client.getLeaseClient()
                .grant(ttlSeconds)
                .get(limitSeconds, TimeUnit.SECONDS)
                .getID();
        keepAlive = client.getLeaseClient().keepAlive(lease, untilItEnds(lease));
    }

    private void lost(long which) {
        if (which == lease) {
            members.forEach(each -> each.leads = false);
            later(this::beginAgain);
        }
    }

    private void beginAgain() {
        try {
            begin(ttlSeconds);
            members.forEach(Member::campaign);
        } catch (Exception notYet) {
            later(this::beginAgain);
        }
    }

    private void later(Runnable work) {
        if (!tries.isShutdown()) {
            tries.schedule(work, BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private StreamObserver<LeaseKeepAliveResponse> untilItEnds(long which) {
        return new StreamObserver<>() {
            @Override
            public void onNext(LeaseKeepAliveResponse renewed) {
                // Leading does not depend on renewals, only on the end of the lease.
            }

            @Override
            public void onError(Throwable failure) {
                lost(which);
            }

            @Override
            public void onCompleted() {
                lost(which);
            }
        };
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private final class Member implements Contestant {
        private final String election;
        private final ByteSequence name;
        private final ByteSequence id;
        private volatile boolean leads;
        private volatile @Nullable LeaderKey key;

        Member(String election, String id) {
            this.election = election;
            this.name = bytes("/" + election);
            this.id = bytes(id);
        }

        @Override
        public boolean isLeader() {
            return leads;
        }

        @Override
        public void handOver() {
            LeaderKey held = key;
            leads = false;
            if (held != null) {
                client.getElectionClient().resign(held).whenComplete((done, failure) -> campaign());
            }
        }

        @Override
        public int queued() throws Exception {
            return EtcdQueue.size(client, election);
        }

        @Override
        public String first() throws Exception {
            return EtcdQueue.first(client, election);
        }

        private void campaign() {
            long with = lease;
            client.getElectionClient().campaign(name, with, id).whenComplete((elected, failure) -> {
                if (with != lease) {
                    return; // Another campaign has begun.
                }
                if (failure == null) {
                    key = elected.getLeader();
                    leads = true;
                } else {
                    later(this::campaign);
                }
            });
        }
    }
}
