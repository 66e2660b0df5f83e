package io.github.election4j.embedded.internal.model;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.ResponseHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and deletions, within a transaction or alone; whoever calls commits. */
final class Writes {
    private final Mvcc mvcc;
    private final Leases leases;

    Writes(Mvcc mvcc, Leases leases) {
        this.mvcc = mvcc;
        this.leases = leases;
    }

    void checkLease(PutRequest request) {
        if (request.getLease() != 0) {
            leases.require(request.getLease());
        }
    }

    /** What is to be kept must be there. */
    void checkKept(PutRequest request) {
        if ((request.getIgnoreValue() || request.getIgnoreLease()) && mvcc.get(request.getKey()) == null) {
            throw Errors.keyNotFound();
        }
    }

    /** To be checked before. */
    PutResponse put(PutRequest request) {
        KeyValue before = mvcc.get(request.getKey());
        ByteString value = request.getIgnoreValue() && before != null ? before.getValue() : request.getValue();
        long lease = request.getIgnoreLease() && before != null ? before.getLease() : request.getLease();
        mvcc.put(request.getKey(), value, lease);
        leases.move(request.getKey(), leaseOf(before), lease);
        PutResponse.Builder response = PutResponse.newBuilder().setHeader(revision());
        if (request.getPrevKv() && before != null) {
            response.setPrevKv(before);
        }
        return response.build();
    }

    DeleteRangeResponse delete(DeleteRangeRequest request) {
        List<KeyValue> found = mvcc.range(Interval.of(request.getKey(), request.getRangeEnd()), mvcc.visible());
        found.forEach(this::delete);
        DeleteRangeResponse.Builder response =
                DeleteRangeResponse.newBuilder().setHeader(revision()).setDeleted(found.size());
        if (request.getPrevKv()) {
            response.addAllPrevKvs(found);
        }
        return response.build();
    }

    void delete(KeyValue existing) {
        mvcc.delete(existing.getKey());
        leases.move(existing.getKey(), existing.getLease(), 0);
    }

    private ResponseHeader revision() {
        return ResponseHeader.newBuilder().setRevision(mvcc.visible()).build();
    }

    private static long leaseOf(@Nullable KeyValue before) {
        return before == null ? 0 : before.getLease();
    }
}
