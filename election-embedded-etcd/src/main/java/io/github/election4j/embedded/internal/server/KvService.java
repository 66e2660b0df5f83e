package io.github.election4j.embedded.internal.server;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.CompactionResponse;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code etcdserverpb.KV}. */
final class KvService extends KVGrpc.KVImplBase {
    private final Owner owner;
    private final Gate gate;

    KvService(Owner owner, Gate gate) {
        this.owner = owner;
        this.gate = gate;
    }

    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
        if (request.getSerializable()) {
            gate.read(observer, () -> owner.model().range(request));
        } else {
            gate.decide(observer, () -> owner.model().range(request));
        }
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> observer) {
        gate.write(observer, Set.of(request.getKey()), () -> owner.model().put(request));
    }

    @Override
    public void deleteRange(DeleteRangeRequest request, StreamObserver<DeleteRangeResponse> observer) {
        gate.write(observer, Set.of(request.getKey()), () -> owner.model().deleteRange(request));
    }

    @Override
    public void txn(TxnRequest request, StreamObserver<TxnResponse> observer) {
        Set<ByteString> written = new HashSet<>();
        collectWritten(request, written);
        gate.write(observer, written, () -> owner.model().txn(request));
    }

    @Override
    public void compact(CompactionRequest request, StreamObserver<CompactionResponse> observer) {
        gate.decide(observer, () -> owner.model().compact(request));
    }

    private static void collectWritten(TxnRequest request, Set<ByteString> written) {
        for (List<RequestOp> branch : List.of(request.getSuccessList(), request.getFailureList())) {
            for (RequestOp operation : branch) {
                switch (operation.getRequestCase()) {
                    case REQUEST_PUT -> written.add(operation.getRequestPut().getKey());
                    case REQUEST_DELETE_RANGE ->
                        written.add(operation.getRequestDeleteRange().getKey());
                    case REQUEST_TXN -> collectWritten(operation.getRequestTxn(), written);
                    case REQUEST_RANGE, REQUEST_NOT_SET -> {}
                }
            }
        }
    }
}
