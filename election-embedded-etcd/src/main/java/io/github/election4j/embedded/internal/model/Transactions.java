package io.github.election4j.embedded.internal.model;

import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Transactions, as etcd runs them: every comparison first, those of nested transactions included, on what was there
 * before; then a check of what would be done; then all of it, or nothing.
 */
final class Transactions {
    private final Mvcc mvcc;
    private final Writes writes;

    Transactions(Mvcc mvcc, Writes writes) {
        this.mvcc = mvcc;
        this.writes = writes;
    }

    TxnResponse run(TxnRequest txn) {
        TxnChecks.check(txn);
        Deque<Boolean> path = new ArrayDeque<>();
        decide(txn, path);
        each(txn, new ArrayDeque<>(path), operation -> {
            if (operation.hasRequestPut()) {
                PutRequest put = operation.getRequestPut();
                writes.checkKept(put);
                writes.checkLease(put);
            }
        });
        each(txn, new ArrayDeque<>(path), operation -> {
            if (operation.hasRequestRange()) {
                RangeRequest range = operation.getRequestRange();
                mvcc.checkReadableInTransaction(range.getRevision());
            }
        });
        TxnResponse.Builder response = apply(txn, path);
        return response.setHeader(ResponseHeader.newBuilder().setRevision(mvcc.visible()))
                .build();
    }

    /** Which branch each transaction takes, outer ones first. */
    private void decide(TxnRequest txn, Deque<Boolean> path) {
        boolean holds = Compares.all(mvcc, txn.getCompareList());
        path.addLast(holds);
        for (RequestOp operation : branch(txn, holds)) {
            if (operation.hasRequestTxn()) {
                decide(operation.getRequestTxn(), path);
            }
        }
    }

    private static void each(TxnRequest txn, Deque<Boolean> path, Consumer<RequestOp> what) {
        for (RequestOp operation : branch(txn, path.removeFirst())) {
            if (operation.hasRequestTxn()) {
                each(operation.getRequestTxn(), path, what);
            } else {
                what.accept(operation);
            }
        }
    }

    private TxnResponse.Builder apply(TxnRequest txn, Deque<Boolean> path) {
        boolean succeeded = path.removeFirst();
        TxnResponse.Builder response = TxnResponse.newBuilder().setSucceeded(succeeded);
        for (RequestOp operation : branch(txn, succeeded)) {
            response.addResponses(apply(operation, path));
        }
        return response;
    }

    private ResponseOp apply(RequestOp operation, Deque<Boolean> path) {
        ResponseOp.Builder response = ResponseOp.newBuilder();
        switch (operation.getRequestCase()) {
            case REQUEST_RANGE -> response.setResponseRange(Ranges.read(mvcc, operation.getRequestRange()));
            case REQUEST_PUT -> response.setResponsePut(writes.put(operation.getRequestPut()));
            case REQUEST_DELETE_RANGE ->
                response.setResponseDeleteRange(writes.delete(operation.getRequestDeleteRange()));
            case REQUEST_TXN ->
                // etcd leaves the header of a nested answer empty.
                response.setResponseTxn(
                        apply(operation.getRequestTxn(), path).setHeader(ResponseHeader.getDefaultInstance()));
            case REQUEST_NOT_SET -> throw Errors.keyNotFound();
        }
        return response.build();
    }

    private static List<RequestOp> branch(TxnRequest txn, boolean succeeded) {
        return succeeded ? txn.getSuccessList() : txn.getFailureList();
    }
}
