package io.github.election4j.simulation;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** From the port of the engine to etcd's messages, and back. */
final class Translation {
    private Translation() {}

    static TxnRequest request(Txn txn) {
        return request(txn, 0);
    }

    /** As of a revision, 0 for the present one; for reads only. */
    static TxnRequest request(Txn txn, long revision) {
        TxnRequest.Builder request = TxnRequest.newBuilder();
        txn.compares().forEach(each -> request.addCompare(compare(each)));
        txn.then().forEach(each -> request.addSuccess(operation(each, revision)));
        txn.orElse().forEach(each -> request.addFailure(operation(each, revision)));
        return request.build();
    }

    static boolean readsOnly(Txn txn) {
        return txn.compares().isEmpty()
                && txn.then().stream().allMatch(each -> each instanceof Txn.Get || each instanceof Txn.Range);
    }

    static boolean puts(Txn txn) {
        return txn.then().stream()
                .anyMatch(each -> each instanceof Txn.Put
                        || each instanceof Txn.Swap
                        || (each instanceof Txn.Nested nested && puts(nested.txn())));
    }

    /** An entry: the key that it puts, and the mark that it writes beside it. */
    record Entry(String key, String mark) {}

    static List<Entry> entries(Txn txn) {
        List<Entry> found = new ArrayList<>();
        String key = "";
        String mark = "";
        for (Txn.Op each : txn.then()) {
            if (each instanceof Txn.Nested nested) {
                found.addAll(entries(nested.txn()));
            } else if (each instanceof Txn.Put put && put.lease() != 0) {
                key = put.key();
            } else if (each instanceof Txn.Put put) {
                mark = put.key();
            }
        }
        if (!key.isEmpty() && !mark.isEmpty()) {
            found.add(new Entry(key, mark));
        }
        return found;
    }

    /** The marks that were written by entries which took effect. */
    static Set<String> entered(Txn txn, TxnResponse response) {
        Set<String> found = new HashSet<>();
        if (!response.getSucceeded()) {
            return found;
        }
        boolean enters = txn.then().stream().anyMatch(each -> each instanceof Txn.Put put && put.lease() != 0);
        for (int i = 0; i < txn.then().size(); i++) {
            Txn.Op each = txn.then().get(i);
            if (each instanceof Txn.Nested nested) {
                found.addAll(entered(nested.txn(), response.getResponses(i).getResponseTxn()));
            } else if (enters && each instanceof Txn.Put put && put.lease() == 0) {
                found.add(put.key());
            }
        }
        return found;
    }

    static TxnResult result(TxnResponse response, long revision) {
        List<TxnResult.OpResult> results = response.getResponsesList().stream()
                .map(each -> result(each, revision))
                .toList();
        return new TxnResult(response.getSucceeded(), revision, results, 1);
    }

    static WatchEvent event(Event event) {
        String key = event.getKv().getKey().toStringUtf8();
        return event.getType() == Event.EventType.DELETE
                ? new WatchEvent.Deleted(key, event.getKv().getModRevision())
                : new WatchEvent.Put(keyValue(event.getKv()));
    }

    static RangeRequest range(KeyRange keys) {
        return RangeRequest.newBuilder()
                .setKey(bytes(keys.from()))
                .setRangeEnd(bytes(keys.to()))
                .setSortTarget(RangeRequest.SortTarget.CREATE)
                .setSortOrder(RangeRequest.SortOrder.ASCEND)
                .build();
    }

    static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static TxnResult.OpResult result(ResponseOp response, long revision) {
        if (response.hasResponseTxn()) {
            TxnResponse inner = response.getResponseTxn();
            return new TxnResult.Inner(new TxnResult(
                    inner.getSucceeded(),
                    revision,
                    inner.getResponsesList().stream()
                            .map(each -> result(each, revision))
                            .toList(),
                    1));
        }
        if (response.hasResponsePut()) {
            return new TxnResult.Found(
                    response.getResponsePut().hasPrevKv()
                            ? List.of(keyValue(response.getResponsePut().getPrevKv()))
                            : List.of());
        }
        return new TxnResult.Found(response.getResponseRange().getKvsList().stream()
                .map(Translation::keyValue)
                .toList());
    }

    private static KeyValue keyValue(io.etcd.jetcd.api.KeyValue found) {
        return new KeyValue(
                found.getKey().toStringUtf8(),
                found.getValue().toStringUtf8(),
                found.getCreateRevision(),
                found.getModRevision(),
                found.getLease());
    }

    private static Compare compare(Txn.Compare compare) {
        Compare.Builder built = Compare.newBuilder().setKey(bytes(compare.key()));
        if (compare instanceof Txn.CreateRevision created) {
            built.setTarget(Compare.CompareTarget.CREATE).setCreateRevision(created.revision());
        } else if (compare instanceof Txn.ModRevision modified) {
            built.setTarget(Compare.CompareTarget.MOD).setModRevision(modified.revision());
        } else if (compare instanceof Txn.Value value) {
            built.setTarget(Compare.CompareTarget.VALUE).setValue(bytes(value.value()));
        }
        return built.build();
    }

    private static RequestOp operation(Txn.Op op, long revision) {
        RequestOp.Builder built = RequestOp.newBuilder();
        if (op instanceof Txn.Get get) {
            built.setRequestRange(RangeRequest.newBuilder()
                    .setKey(bytes(get.key()))
                    .setRevision(get.revision() == 0 ? revision : get.revision()));
        } else if (op instanceof Txn.Range range) {
            built.setRequestRange(range(range.keys()).toBuilder().setRevision(revision));
        } else if (op instanceof Txn.Put put) {
            built.setRequestPut(PutRequest.newBuilder()
                    .setKey(bytes(put.key()))
                    .setValue(bytes(put.value()))
                    .setLease(put.lease()));
        } else if (op instanceof Txn.Swap swap) {
            built.setRequestPut(PutRequest.newBuilder()
                    .setKey(bytes(swap.key()))
                    .setValue(bytes(swap.value()))
                    .setLease(swap.lease())
                    .setPrevKv(true));
        } else if (op instanceof Txn.Delete delete) {
            built.setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(bytes(delete.key())));
        } else if (op instanceof Txn.Nested nested) {
            built.setRequestTxn(request(nested.txn()));
        }
        return built.build();
    }
}
