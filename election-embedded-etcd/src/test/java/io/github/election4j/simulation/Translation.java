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
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.List;

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
                .anyMatch(each -> each instanceof Txn.Put || (each instanceof Txn.Nested nested && puts(nested.txn())));
    }

    static boolean names(Txn txn, String key) {
        return txn.then().stream()
                .anyMatch(each -> (each instanceof Txn.Get get && get.key().equals(key))
                        || (each instanceof Txn.Put put && put.key().equals(key))
                        || (each instanceof Txn.Delete delete && delete.key().equals(key)));
    }

    static TxnResult result(TxnResponse response, long revision) {
        List<TxnResult.OpResult> results = response.getResponsesList().stream()
                .map(each -> result(each, revision))
                .toList();
        return new TxnResult(response.getSucceeded(), revision, results);
    }

    static WatchEvent event(Event event) {
        String key = event.getKv().getKey().toStringUtf8();
        return event.getType() == Event.EventType.DELETE
                ? new WatchEvent.Deleted(key, event.getKv().getModRevision())
                : new WatchEvent.Put(keyValue(event.getKv()));
    }

    static RangeRequest prefix(String prefix) {
        return RangeRequest.newBuilder()
                .setKey(bytes(prefix))
                .setRangeEnd(end(prefix))
                .setSortTarget(RangeRequest.SortTarget.CREATE)
                .setSortOrder(RangeRequest.SortOrder.ASCEND)
                .build();
    }

    /** The first key that does not begin so; every prefix here ends with a slash. */
    static ByteString end(String prefix) {
        return bytes(prefix.substring(0, prefix.length() - 1) + '0');
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
                            .toList()));
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
        return switch (compare.target()) {
            case CREATE_REVISION ->
                built.setTarget(Compare.CompareTarget.CREATE)
                        .setCreateRevision(compare.revision())
                        .build();
            case MOD_REVISION ->
                built.setTarget(Compare.CompareTarget.MOD)
                        .setModRevision(compare.revision())
                        .build();
        };
    }

    private static RequestOp operation(Txn.Op op, long revision) {
        RequestOp.Builder built = RequestOp.newBuilder();
        if (op instanceof Txn.Get get) {
            built.setRequestRange(
                    RangeRequest.newBuilder().setKey(bytes(get.key())).setRevision(revision));
        } else if (op instanceof Txn.Range range) {
            built.setRequestRange(prefix(range.prefix()).toBuilder().setRevision(revision));
        } else if (op instanceof Txn.Put put) {
            built.setRequestPut(PutRequest.newBuilder()
                    .setKey(bytes(put.key()))
                    .setValue(bytes(put.value()))
                    .setLease(put.lease()));
        } else if (op instanceof Txn.Delete delete) {
            built.setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(bytes(delete.key())));
        } else if (op instanceof Txn.Nested nested) {
            built.setRequestTxn(request(nested.txn()));
        }
        return built.build();
    }
}
