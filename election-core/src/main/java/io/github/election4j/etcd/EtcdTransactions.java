package io.github.election4j.etcd;

import io.etcd.jetcd.Response;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.PutResponse;
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
    TxnResult result(Txn txn, TxnResponse response, Response.Header header) {
        Iterator<GetResponse> gets = response.getGetResponses().iterator();
        Iterator<PutResponse> puts = response.getPutResponses().iterator();
        Iterator<TxnResponse> nested = response.getTxnResponses().iterator();
        List<TxnResult.OpResult> results = new ArrayList<>();
        for (Txn.Op op : response.isSucceeded() ? txn.then() : txn.orElse()) {
            if (op instanceof Txn.Nested inner) {
                results.add(new TxnResult.Inner(result(inner.txn(), nested.next(), header)));
            } else if (op instanceof Txn.Get || op instanceof Txn.Range) {
                results.add(new TxnResult.Found(found(gets.next())));
            } else if (op instanceof Txn.Swap) {
                results.add(new TxnResult.Found(replaced(puts.next())));
            } else {
                if (op instanceof Txn.Put) {
                    puts.next();
                }
                results.add(new TxnResult.Found(List.of()));
            }
        }
        return new TxnResult(response.isSucceeded(), header.getRevision(), results, header.getClusterId());
    }

    private List<KeyValue> replaced(PutResponse response) {
        return response.hasPrevKv() ? List.of(keys.keyValue(response.getPrevKv())) : List.of();
    }

    private List<KeyValue> found(GetResponse response) {
        return response.getKvs().stream().map(keys::keyValue).toList();
    }

    private Cmp compare(Txn.Compare compare) {
        CmpTarget<?> target;
        if (compare instanceof Txn.CreateRevision created) {
            target = CmpTarget.createRevision(created.revision());
        } else if (compare instanceof Txn.ModRevision modified) {
            target = CmpTarget.modRevision(modified.revision());
        } else {
            target = CmpTarget.value(Keys.text(((Txn.Value) compare).value()));
        }
        return new Cmp(keys.bytes(compare.key()), Cmp.Op.EQUAL, target);
    }

    private Op op(Txn.Op op) {
        if (op instanceof Txn.Get get) {
            GetOption option = GetOption.builder().withRevision(get.revision()).build();
            return Op.get(keys.bytes(get.key()), option);
        } else if (op instanceof Txn.Range range) {
            return Op.get(keys.bytes(range.keys().from()), byAge(range));
        } else if (op instanceof Txn.Put put) {
            PutOption option = PutOption.builder().withLeaseId(put.lease()).build();
            return Op.put(keys.bytes(put.key()), Keys.text(put.value()), option);
        } else if (op instanceof Txn.Swap swap) {
            PutOption option =
                    PutOption.builder().withLeaseId(swap.lease()).withPrevKV().build();
            return Op.put(keys.bytes(swap.key()), Keys.text(swap.value()), option);
        } else if (op instanceof Txn.Delete delete) {
            return Op.delete(keys.bytes(delete.key()), DeleteOption.DEFAULT);
        } else if (op instanceof Txn.Nested nested) {
            Txn txn = nested.txn();
            return Op.txn(compares(txn), ops(txn.then()), ops(txn.orElse()));
        }
        throw new IllegalArgumentException("Unknown operation " + op);
    }

    private GetOption byAge(Txn.Range range) {
        return GetOption.builder()
                .withRange(keys.bytes(range.keys().to()))
                .withSortField(GetOption.SortTarget.CREATE)
                .withSortOrder(GetOption.SortOrder.ASCEND)
                .build();
    }
}
