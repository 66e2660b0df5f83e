package io.github.election4j.simulation;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.PutRequest;
import java.time.Duration;

/** A member by etcd's own recipe, as Go programs and {@code etcdctl elect} have it: a key, a lease, and no more. */
final class SimulatedForeigner {
    private static final int TTL_SECONDS = 3;

    private final VirtualTime time;
    private final Chance chance;
    private final SimulatedEtcd etcd;
    private final Contest contest;
    private final String value;
    private long lease;
    private ByteString key = ByteString.EMPTY;

    SimulatedForeigner(VirtualTime time, Chance chance, SimulatedEtcd etcd, Contest contest, String value) {
        this.time = time;
        this.chance = chance;
        this.etcd = etcd;
        this.contest = contest;
        this.value = value;
    }

    void enter() {
        etcd.perform(() -> {
            lease = etcd.model()
                    .leaseGrant(
                            LeaseGrantRequest.newBuilder().setTTL(TTL_SECONDS).build(), time.now())
                    .getID();
            key = Translation.bytes(contest.keys().place(lease));
            var unused = etcd.model()
                    .put(PutRequest.newBuilder()
                            .setKey(key)
                            .setValue(Translation.bytes(value))
                            .setLease(lease)
                            .build());
        });
        long stay = chance.nanos(Duration.ofSeconds(10));
        stay(time.now() + stay);
    }

    private void stay(long until) {
        if (time.now() < until && !chance.isCalm()) {
            etcd.perform(() -> {
                var unused = etcd.model()
                        .leaseKeepAlive(
                                LeaseKeepAliveRequest.newBuilder().setID(lease).build(), time.now());
            });
            time.in(Duration.ofSeconds(1).toNanos(), () -> stay(until));
        } else if (chance.below(2) == 0 && !key.isEmpty()) {
            etcd.perform(() -> {
                var unused = etcd.model()
                        .deleteRange(DeleteRangeRequest.newBuilder().setKey(key).build());
            });
        } // else it has died
    }
}
