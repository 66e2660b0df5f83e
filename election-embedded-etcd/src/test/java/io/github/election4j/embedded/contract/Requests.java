package io.github.election4j.embedded.contract;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;

/** Requests in few words; what is left is said with the builders. */
final class Requests {
    /** As a key and as a range end it stands for "from the first" and "to the last". */
    static final String NUL = "\0";

    private Requests() {}

    static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    static RangeRequest.Builder range(String key) {
        return RangeRequest.newBuilder().setKey(bytes(key));
    }

    static RangeRequest.Builder range(String key, String end) {
        return range(key).setRangeEnd(bytes(end));
    }

    static RangeRequest.Builder everything() {
        return range(NUL, NUL);
    }

    static PutRequest.Builder put(String key, String value) {
        return PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value));
    }

    static DeleteRangeRequest.Builder delete(String key) {
        return DeleteRangeRequest.newBuilder().setKey(bytes(key));
    }

    static DeleteRangeRequest.Builder delete(String key, String end) {
        return delete(key).setRangeEnd(bytes(end));
    }

    static WatchCreateRequest.Builder watch(String key) {
        return WatchCreateRequest.newBuilder().setKey(bytes(key));
    }

    static WatchCreateRequest.Builder watch(String key, String end) {
        return watch(key).setRangeEnd(bytes(end));
    }

    static RequestOp op(RangeRequest.Builder range) {
        return RequestOp.newBuilder().setRequestRange(range).build();
    }

    static RequestOp op(PutRequest.Builder put) {
        return RequestOp.newBuilder().setRequestPut(put).build();
    }

    static RequestOp op(DeleteRangeRequest.Builder delete) {
        return RequestOp.newBuilder().setRequestDeleteRange(delete).build();
    }

    static RequestOp op(TxnRequest.Builder txn) {
        return RequestOp.newBuilder().setRequestTxn(txn).build();
    }

    static TxnRequest.Builder txn(RequestOp... success) {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        for (RequestOp op : success) {
            txn.addSuccess(op);
        }
        return txn;
    }

    static Compare.Builder compare(String key, CompareTarget target, CompareResult result) {
        return Compare.newBuilder().setKey(bytes(key)).setTarget(target).setResult(result);
    }

    static Compare.Builder version(String key, CompareResult result, long version) {
        return compare(key, CompareTarget.VERSION, result).setVersion(version);
    }

    static Compare.Builder created(String key, CompareResult result, long revision) {
        return compare(key, CompareTarget.CREATE, result).setCreateRevision(revision);
    }

    static Compare.Builder modified(String key, CompareResult result, long revision) {
        return compare(key, CompareTarget.MOD, result).setModRevision(revision);
    }

    static Compare.Builder value(String key, CompareResult result, String value) {
        return compare(key, CompareTarget.VALUE, result).setValue(bytes(value));
    }
}
