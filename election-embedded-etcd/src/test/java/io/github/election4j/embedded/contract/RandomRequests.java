package io.github.election4j.embedded.contract;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeRequest.SortOrder;
import io.etcd.jetcd.api.RangeRequest.SortTarget;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchCreateRequest.FilterType;
import java.util.Random;

/** Requests with every option, most of which can be answered. */
final class RandomRequests {
    private static final int LEASES = 8;

    private final Random random;
    private final RandomKeys keys;

    RandomRequests(Random random, RandomKeys keys) {
        this.random = random;
        this.keys = keys;
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Around now, or further back; one in {@code faulty} to come or compacted. */
    long revision(long revision, long compacted, int faulty) {
        if (oneIn(faulty)) {
            return oneIn(2) ? revision + 300 + random.nextInt(3) : compacted - 1 - random.nextInt(3);
        }
        long known = revision - compacted;
        long back = oneIn(2) ? random.nextLong(known + 1) : random.nextLong(Math.min(known, 10) + 1);
        return revision - back;
    }

    RangeRequest range(long revision, long compacted, int faulty) {
        RangeRequest.Builder range = RangeRequest.newBuilder()
                .setKey(keys.key())
                .setRangeEnd(keys.end())
                .setSerializable(oneIn(4))
                .setKeysOnly(oneIn(8))
                .setCountOnly(oneIn(12));
        if (oneIn(2)) {
            range.setSortOrder(SortOrder.forNumber(random.nextInt(3)));
            range.setSortTarget(SortTarget.forNumber(random.nextInt(5)));
        }
        if (oneIn(3)) {
            range.setLimit(random.nextInt(8) - 1);
        }
        if (oneIn(3)) {
            range.setRevision(revision(revision, compacted, faulty));
        }
        if (oneIn(6)) {
            range.setMinModRevision(revision(revision, compacted, 20));
        }
        if (oneIn(6)) {
            range.setMaxModRevision(revision(revision, compacted, 20));
        }
        if (oneIn(8)) {
            range.setMinCreateRevision(revision(revision, compacted, 20));
        }
        if (oneIn(8)) {
            range.setMaxCreateRevision(revision(revision, compacted, 20));
        }
        return range.build();
    }

    PutRequest put() {
        PutRequest.Builder put = PutRequest.newBuilder()
                .setKey(keys.key())
                .setValue(keys.value())
                .setPrevKv(oneIn(3));
        if (oneIn(3)) {
            put.setLease(lease());
        }
        if (oneIn(10)) {
            put.setIgnoreValue(true);
            put.setValue(oneIn(8) ? put.getValue() : ByteString.EMPTY);
        }
        if (oneIn(10)) {
            put.setIgnoreLease(true);
            put.setLease(oneIn(8) ? put.getLease() : 0);
        }
        return put.build();
    }

    DeleteRangeRequest delete() {
        return DeleteRangeRequest.newBuilder()
                .setKey(keys.key())
                .setRangeEnd(oneIn(3) ? keys.end() : ByteString.EMPTY)
                .setPrevKv(oneIn(3))
                .build();
    }

    long lease() {
        return 1L + random.nextInt(LEASES);
    }

    /** Long enough not to end within the run: that is tried apart. */
    LeaseGrantRequest grant() {
        long seconds = oneIn(30) ? 9_000_000_000L + random.nextInt(2) : 5000L + random.nextInt(1000);
        return LeaseGrantRequest.newBuilder().setID(lease()).setTTL(seconds).build();
    }

    WatchCreateRequest watch(long revision, long compacted) {
        WatchCreateRequest.Builder watch = WatchCreateRequest.newBuilder()
                .setKey(keys.key())
                .setRangeEnd(oneIn(3) ? ByteString.EMPTY : keys.end())
                .setPrevKv(oneIn(2));
        if (oneIn(4)) {
            watch.addFilters(FilterType.forNumber(random.nextInt(2)));
        }
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> watch.setStartRevision(revision + 300 + random.nextInt(100));
            default -> watch.setStartRevision(revision(revision, compacted, 5));
        }
        // At the compacted revision etcd forgets a part, see WatchHistoryContract; what is expected here does not know.
        if (watch.getStartRevision() == compacted) {
            watch.setStartRevision(compacted + 1);
        }
        return watch.build();
    }
}
