package io.github.election4j.embedded.contract;

import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.PutRequest;
import io.github.election4j.embedded.contract.Operation.CancelWatcher;
import io.github.election4j.embedded.contract.Operation.Compact;
import io.github.election4j.embedded.contract.Operation.CreateWatcher;
import io.github.election4j.embedded.contract.Operation.Delete;
import io.github.election4j.embedded.contract.Operation.Expire;
import io.github.election4j.embedded.contract.Operation.Grant;
import io.github.election4j.embedded.contract.Operation.KeepAlive;
import io.github.election4j.embedded.contract.Operation.Progress;
import io.github.election4j.embedded.contract.Operation.Put;
import io.github.election4j.embedded.contract.Operation.Quiet;
import io.github.election4j.embedded.contract.Operation.Range;
import io.github.election4j.embedded.contract.Operation.Revoke;
import io.github.election4j.embedded.contract.Operation.TimeToLive;
import io.github.election4j.embedded.contract.Operation.Txn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The operations that follow from a seed, in parts: each part begins at a quiet point, whose revision is known. */
final class RandomRun {
    private static final int PART = 500;
    private static final int WATCHERS = 10;
    private static final int PARTS_PER_EXPIRY = 40;
    /** The embedded etcd compacts by itself what lies 10,000 revisions back, so nothing is asked from there. */
    private static final int MOST_HISTORY = 5_000;

    private final Random random;
    private final RandomKeys keys;
    private final RandomRequests requests;
    private final RandomTxns txns;
    private final List<Integer> watchers = new ArrayList<>();
    private long compacted;
    private int lastWatcher;
    private int parts;

    RandomRun(long seed) {
        this.random = new Random(seed);
        this.keys = new RandomKeys(random);
        this.requests = new RandomRequests(random, keys);
        this.txns = new RandomTxns(random, keys, requests);
    }

    /** The store has been compacted once: before, etcd takes a watch from a negative revision for one of all. */
    List<Operation> first(long revision) {
        List<Operation> part = new ArrayList<>();
        part.add(new Put(Requests.put("first", "").build()));
        part.add(new Compact(compaction(0)));
        compact(part, revision + 1);
        return part;
    }

    List<Operation> next(long revision) {
        List<Operation> part = new ArrayList<>(List.of(new Quiet()));
        parts++;
        while (watchers.size() > random.nextInt(WATCHERS)) {
            part.add(new CancelWatcher(watchers.remove(/* index */ random.nextInt(watchers.size()))));
        }
        if ((random.nextInt(3) == 0 && revision > compacted) || revision - compacted > MOST_HISTORY) {
            compact(part, compacted + 1 + random.nextLong(revision - compacted));
        }
        if (parts % PARTS_PER_EXPIRY == 5) {
            part.add(new Expire(100, underLease(), underLease()));
        }
        while (part.size() < PART) {
            part.add(operation(revision));
        }
        return part;
    }

    private PutRequest underLease() {
        return PutRequest.newBuilder()
                .setKey(keys.key())
                .setValue(keys.value())
                .setLease(100)
                .build();
    }

    private void compact(List<Operation> part, long revision) {
        part.add(new Compact(compaction(revision)));
        compacted = revision;
    }

    private static CompactionRequest compaction(long revision) {
        return CompactionRequest.newBuilder()
                .setRevision(revision)
                .setPhysical(true)
                .build();
    }

    private Operation operation(long revision) {
        int kind = random.nextInt(1000);
        if (kind < 480) {
            return new Range(requests.range(revision, compacted, 20));
        }
        if (kind < 680) {
            return new Put(requests.put());
        }
        if (kind < 760) {
            return new Delete(requests.delete());
        }
        if (kind < 900) {
            return new Txn(txns.txn(revision, compacted));
        }
        if (kind < 985) {
            return leaseOperation(random.nextInt(7));
        }
        return watchOperation(revision);
    }

    private Operation leaseOperation(int kind) {
        return switch (kind) {
            case 0, 1, 2 -> new Grant(requests.grant());
            case 3 -> new Revoke(requests.lease());
            case 4 -> new KeepAlive(requests.lease());
            default -> new TimeToLive(requests.lease());
        };
    }

    private Operation watchOperation(long revision) {
        int kind = random.nextInt(15);
        if (kind < 5 && watchers.size() < WATCHERS) {
            watchers.add(++lastWatcher);
            return new CreateWatcher(
                    lastWatcher, random.nextInt(Performer.STREAMS), requests.watch(revision, compacted));
        }
        if (kind < 10) {
            return new Progress(random.nextInt(Performer.STREAMS));
        }
        // Refused, both of them.
        return new Compact(compaction(random.nextBoolean() ? compacted - random.nextInt(3) : revision + 5000));
    }
}
