package io.github.election4j.etcd;

import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Transactions of the port, there and back. */
final class EtcdTransactions {
    private static final GetOption BY_AGE = GetOption.builder()
            .isPrefix(true)
            .withSortField(GetOption.SortTarget.CREATE)
            .withSortOrder(GetOption.SortOrder.ASCEND)
            .build();

    private final Keys keys;

    EtcdTransactions(Keys keys) {
        this.keys = keys;
    }

    Cmp[] compares(Txn txn) {
        return txn.compares().stream().map(this::compare).toArray(Cmp[]::new);
    }

    Op[] ops(List<Txn.Op> ops) {
        return ops.stream().map(this::op).toArray(Op[]::new);
    }

    /** jetcd sorts the results by the kind of operation; the port has them in the order of the operations. */
    TxnResult result(Txn txn, TxnResponse response, long revision) {
        Iterator<GetResponse> gets = response.getGetResponses().iterator();
        Iterator<TxnResponse> nested = response.getTxnResponses().iterator();
        List<TxnResult.OpResult> results = new ArrayList<>();
        for (Txn.Op op : response.isSucceeded() ? txn.then() : txn.orElse()) {
            if (op instanceof Txn.Nested inner) {
                results.add(new TxnResult.Inner(result(inner.txn(), nested.next(), revision)));
            } else if (op instanceof Txn.Get || op instanceof Txn.Range) {
                results.add(new TxnResult.Found(found(gets.next())));
            } else {
                results.add(new TxnResult.Found(List.of()));
            }
        }
        return new TxnResult(response.isSucceeded(), revision, results);
    }

    private List<KeyValue> found(GetResponse response) {
        return response.getKvs().stream().map(keys::keyValue).toList();
    }

    private Cmp compare(Txn.Compare compare) {
        CmpTarget<?> target = switch (compare.target()) {
            case CREATE_REVISION -> CmpTarget.createRevision(compare.revision());
            case MOD_REVISION -> CmpTarget.modRevision(compare.revision());
        };
        return new Cmp(keys.bytes(compare.key()), Cmp.Op.EQUAL, target);
    }

    private Op op(Txn.Op op) {
        if (op instanceof Txn.Get get) {
            return Op.get(keys.bytes(get.key()), GetOption.DEFAULT);
        } else if (op instanceof Txn.Range range) {
            return Op.get(keys.bytes(range.prefix()), BY_AGE);
        } else if (op instanceof Txn.Put put) {
            PutOption option = PutOption.builder().withLeaseId(put.lease()).build();
            return Op.put(keys.bytes(put.key()), Keys.text(put.value()), option);
        } else if (op instanceof Txn.Delete delete) {
            return Op.delete(keys.bytes(delete.key()), DeleteOption.DEFAULT);
        } else if (op instanceof Txn.Nested nested) {
            Txn txn = nested.txn();
            return Op.txn(compares(txn), ops(txn.then()), ops(txn.orElse()));
        }
        throw new IllegalArgumentException("Unknown operation " + op);
    }
}
