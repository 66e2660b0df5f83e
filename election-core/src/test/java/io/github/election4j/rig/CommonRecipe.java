package io.github.election4j.rig;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.support.CloseableClient;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The control: an election as it is commonly written. A lease that is kept alive, a campaign, and a flag that is true
 * from the one until the other ends.
 */
final class CommonRecipe {
    private static final long BETWEEN_TRIES_NANOS = Duration.ofMillis(200).toNanos();

    private final String id;
    private final long ttlSeconds;
    private final Client client;
    private volatile boolean leader;

    private CommonRecipe(String id, Duration lease, String... endpoints) {
        this.id = id;
        this.ttlSeconds = lease.toSeconds();
        this.client = Client.builder().endpoints(endpoints).build();
    }

    static CommonRecipe start(String id, Duration lease, String... endpoints) {
        CommonRecipe recipe = new CommonRecipe(id, lease, endpoints);
        Thread thread = new Thread(recipe::takePart, "common-recipe");
        thread.start();
        return recipe;
    }

    boolean isLeader() {
        return leader;
    }

    private void takePart() {
        while (true) {
            try {
                takePartOnce();
            } catch (ExecutionException | TimeoutException failed) {
                System.out.println(System.nanoTime() + " " + id + ": " + failed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
        }
    }

    private void takePartOnce() throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<Object> over = new CompletableFuture<>();
        long lease = client.getLeaseClient()
                .grant(ttlSeconds)
                .get(ttlSeconds, TimeUnit.SECONDS)
                .getID();
        CloseableClient keepAlive = client.getLeaseClient().keepAlive(lease, untilItEnds(over));
        try {
            CompletableFuture<?> elected =
                    client.getElectionClient().campaign(RigMain.bytes(RigMain.KEY), lease, RigMain.bytes(id));
            // Now and then the answer is lost for good, and nobody would ever lead again.
            CompletableFuture.anyOf(elected, over).get(3 * ttlSeconds, TimeUnit.SECONDS);
            leader = !over.isDone();
            over.get();
        } finally {
            leader = false;
            keepAlive.close();
            var unused = client.getLeaseClient().revoke(lease);
        }
    }

    private StreamObserver<LeaseKeepAliveResponse> untilItEnds(CompletableFuture<Object> over) {
        return new StreamObserver<>() {
            @Override
            public void onNext(LeaseKeepAliveResponse renewed) {
                // It lives.
            }

            @Override
            public void onError(Throwable lost) {
                leader = false;
                over.complete(lost);
            }

            @Override
            public void onCompleted() {
                leader = false;
                over.complete(id);
            }
        };
    }
}
