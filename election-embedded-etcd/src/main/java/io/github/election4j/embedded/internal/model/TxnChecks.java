package io.github.election4j.embedded.internal.model;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What etcd refuses before it looks at any data. */
final class TxnChecks {
    private static final int MOST_OPERATIONS = 128;

    private TxnChecks() {}

    static void check(TxnRequest txn) {
        check(txn, MOST_OPERATIONS);
        writes(txn.getSuccessList());
        writes(txn.getFailureList());
    }

    static void check(PutRequest put) {
        if (put.getKey().isEmpty()) {
            throw Errors.emptyKey();
        }
        if (put.getIgnoreValue() && !put.getValue().isEmpty()) {
            throw Errors.valueProvided();
        }
        if (put.getIgnoreLease() && put.getLease() != 0) {
            throw Errors.leaseProvided();
        }
    }

    static void check(DeleteRangeRequest delete) {
        if (delete.getKey().isEmpty()) {
            throw Errors.emptyKey();
        }
    }

    private static void check(TxnRequest txn, int most) {
        int operations = Math.max(txn.getCompareCount(), Math.max(txn.getSuccessCount(), txn.getFailureCount()));
        if (operations > most) {
            throw Errors.tooManyOperations();
        }
        txn.getCompareList().forEach(Compares::check);
        txn.getSuccessList().forEach(each -> check(each, most - operations));
        txn.getFailureList().forEach(each -> check(each, most - operations));
    }

    private static void check(RequestOp operation, int most) {
        switch (operation.getRequestCase()) {
            case REQUEST_RANGE -> Ranges.check(operation.getRequestRange());
            case REQUEST_PUT -> check(operation.getRequestPut());
            case REQUEST_DELETE_RANGE -> check(operation.getRequestDeleteRange());
            case REQUEST_TXN -> check(operation.getRequestTxn(), most);
            case REQUEST_NOT_SET -> throw Errors.keyNotFound();
        }
    }

    private record Writes(Set<ByteString> puts, List<DeleteRangeRequest> deletions) {
        boolean deletes(ByteString key) {
            return deletions.stream()
                    .anyMatch(each -> each.getRangeEnd().isEmpty()
                            ? each.getKey().equals(key)
                            : Interval.ORDER.compare(each.getKey(), key) <= 0
                                    && Interval.ORDER.compare(key, each.getRangeEnd()) < 0);
        }

        void put(ByteString key, boolean again) {
            if ((puts.contains(key) && !again) || deletes(key)) {
                throw Errors.duplicateKey();
            }
            puts.add(key);
        }
    }

    /** No key may be put twice, nor put and deleted; the two branches of a nested transaction may put the same one. */
    private static Writes writes(List<RequestOp> operations) {
        Writes writes = new Writes(new HashSet<>(), new ArrayList<>());
        for (RequestOp each : operations) {
            if (each.hasRequestDeleteRange()) {
                writes.deletions().add(each.getRequestDeleteRange());
            }
        }
        for (RequestOp each : operations) {
            if (each.hasRequestTxn()) {
                Writes then = writes(each.getRequestTxn().getSuccessList());
                Writes otherwise = writes(each.getRequestTxn().getFailureList());
                then.puts().forEach(key -> writes.put(key, false));
                otherwise.puts().forEach(key -> writes.put(key, then.puts().contains(key)));
                // Only now: one branch may delete what the other puts, and a later transaction what an earlier one
                // puts.
                writes.deletions().addAll(then.deletions());
                writes.deletions().addAll(otherwise.deletions());
            }
        }
        for (RequestOp each : operations) {
            if (each.hasRequestPut()) {
                writes.put(each.getRequestPut().getKey(), false);
            }
        }
        return writes;
    }
}
