package io.github.election4j.embedded.contract;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Transactions with every compare, nested up to three deep. Most are not refused. */
final class RandomTxns {
    private static final int DEPTH = 3;

    private final Random random;
    private final RandomKeys keys;
    private final RandomRequests requests;
    private final Set<ByteString> written = new HashSet<>();
    private boolean keeping;

    RandomTxns(Random random, RandomKeys keys, RandomRequests requests) {
        this.random = random;
        this.keys = keys;
        this.requests = requests;
    }

    TxnRequest txn(long revision, long compacted) {
        written.clear();
        keeping = random.nextInt(3) == 0;
        return txn(revision, compacted, 1).build();
    }

    private TxnRequest.Builder txn(long revision, long compacted, int depth) {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            txn.addCompare(compare(revision));
        }
        add(txn::addSuccess, revision, compacted, depth);
        add(txn::addFailure, revision, compacted, depth);
        return txn;
    }

    private void add(Consumer<RequestOp> branch, long revision, long compacted, int depth) {
        for (int i = random.nextInt(4); i > 0; i--) {
            branch.accept(op(revision, compacted, depth));
        }
    }

    private RequestOp op(long revision, long compacted, int depth) {
        RequestOp.Builder op = RequestOp.newBuilder();
        switch (random.nextInt(8)) {
            case 0, 1 -> op.setRequestRange(requests.range(revision, compacted, 40));
            case 2, 3, 4 -> op.setRequestPut(put());
            case 5 -> op.setRequestDeleteRange(delete());
            default -> {
                if (depth < DEPTH) {
                    op.setRequestTxn(txn(revision, compacted, depth + 1));
                } else {
                    op.setRequestPut(put());
                }
            }
        }
        return op.build();
    }

    /**
     * Rarely a key that the transaction has written already, since that is refused. Not with "ignore" beside a deletion
     * that ends in NUL: etcd 3.4 stops with a panic if that deletes such a key.
     */
    private PutRequest put() {
        PutRequest put = requests.put();
        if (!keeping) {
            put = put.toBuilder().clearIgnoreValue().clearIgnoreLease().build();
        }
        for (int tries = 0; tries < 8 && written.contains(put.getKey()) && random.nextInt(30) > 0; tries++) {
            put = put.toBuilder().setKey(keys.key()).build();
        }
        written.add(put.getKey());
        return put;
    }

    private DeleteRangeRequest delete() {
        DeleteRangeRequest delete = requests.delete();
        if (keeping || random.nextInt(4) > 0) {
            delete = delete.toBuilder().clearRangeEnd().build();
        }
        for (int tries = 0; tries < 8 && written.contains(delete.getKey()) && random.nextInt(30) > 0; tries++) {
            delete = delete.toBuilder().setKey(keys.key()).build();
        }
        written.add(delete.getKey());
        return delete;
    }

    private Compare compare(long revision) {
        Compare.Builder compare = Compare.newBuilder()
                .setKey(keys.key())
                .setTarget(CompareTarget.forNumber(random.nextInt(4)))
                .setResult(CompareResult.forNumber(random.nextInt(4)));
        if (random.nextInt(4) == 0) {
            compare.setRangeEnd(keys.end());
        }
        long near = random.nextInt(4) == 0 ? 0 : Math.max(0, revision - random.nextInt(20));
        switch (compare.getTarget()) {
            case VERSION -> compare.setVersion(random.nextInt(5));
            case CREATE -> compare.setCreateRevision(near);
            case MOD -> compare.setModRevision(near);
            default -> compare.setValue(keys.value());
        }
        return compare.build();
    }
}
