package io.github.election4j.embedded.contract;

import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnResponse;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Responses as one line in which every field appears that is not at its default. Revisions are counted from a base, so
 * that a test knows them whatever happened on the server before: {@code @3 [a=1 c1 m3 v2 l7] count 1}.
 */
record Shown(long base) {
    String header(boolean present, ResponseHeader header) {
        if (!present) {
            return "@none";
        }
        return header.getRevision() == 0 ? "@zero" : "@" + relative(header.getRevision());
    }

    private long relative(long revision) {
        return revision - base;
    }

    String pair(KeyValue pair) {
        String lease = pair.getLease() == 0 ? "" : " l" + pair.getLease();
        return pair.getKey().toStringUtf8() + "=" + pair.getValue().toStringUtf8() + " c"
                + relative(pair.getCreateRevision()) + " m" + relative(pair.getModRevision()) + " v" + pair.getVersion()
                + lease;
    }

    private String pairs(List<KeyValue> pairs) {
        return pairs.stream().map(this::pair).collect(Collectors.joining(", ", "[", "]"));
    }

    String range(RangeResponse range) {
        return header(range.hasHeader(), range.getHeader()) + " " + pairs(range.getKvsList()) + " count "
                + range.getCount() + (range.getMore() ? " more" : "");
    }

    String put(PutResponse put) {
        return header(put.hasHeader(), put.getHeader())
                + (put.hasPrevKv() ? " before [" + pair(put.getPrevKv()) + "]" : "");
    }

    String delete(DeleteRangeResponse delete) {
        return header(delete.hasHeader(), delete.getHeader()) + " deleted " + delete.getDeleted()
                + (delete.getPrevKvsCount() == 0 ? "" : " before " + pairs(delete.getPrevKvsList()));
    }

    String txn(TxnResponse txn) {
        return header(txn.hasHeader(), txn.getHeader())
                + (txn.getSucceeded() ? " then" : " else")
                + txn.getResponsesList().stream().map(this::op).collect(Collectors.joining("; ", " {", "}"));
    }

    private String op(ResponseOp op) {
        return switch (op.getResponseCase()) {
            case RESPONSE_RANGE -> range(op.getResponseRange());
            case RESPONSE_PUT -> put(op.getResponsePut());
            case RESPONSE_DELETE_RANGE -> delete(op.getResponseDeleteRange());
            case RESPONSE_TXN -> txn(op.getResponseTxn());
            case RESPONSE_NOT_SET -> "nothing";
        };
    }

    String watch(WatchResponse response) {
        return header(response.hasHeader(), response.getHeader()) + " #" + response.getWatchId()
                + (response.getCreated() ? " created" : "")
                + (response.getCanceled() ? " canceled" : "")
                + (response.getCancelReason().isEmpty() ? "" : " '" + response.getCancelReason() + "'")
                + (response.getCompactRevision() == 0 ? "" : " compacted " + relative(response.getCompactRevision()))
                + (response.getEventsCount() == 0 ? "" : " " + events(response.getEventsList()));
    }

    String events(List<Event> events) {
        return events.stream().map(this::event).collect(Collectors.joining(", ", "[", "]"));
    }

    private String event(Event event) {
        String before = event.hasPrevKv() ? " before (" + pair(event.getPrevKv()) + ")" : "";
        return event.getType() + " " + pair(event.getKv()) + before;
    }

    static String error(StatusRuntimeException failure) {
        return status(failure.getStatus());
    }

    static String status(Status status) {
        return status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
    }
}
