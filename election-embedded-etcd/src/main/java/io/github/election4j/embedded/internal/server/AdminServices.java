package io.github.election4j.embedded.internal.server;

import io.etcd.jetcd.api.AlarmRequest;
import io.etcd.jetcd.api.AlarmResponse;
import io.etcd.jetcd.api.ClusterGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.Member;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** What clients ask of {@code etcdserverpb.Maintenance} and {@code etcdserverpb.Cluster}. The rest is not offered. */
final class AdminServices {
    /** The one whose behaviour this is. */
    static final String VERSION = "3.4.23";

    private AdminServices() {}

    static final class Maintenance extends MaintenanceGrpc.MaintenanceImplBase {
        private final Owner owner;
        private final Gate gate;

        Maintenance(Owner owner, Gate gate) {
            this.owner = owner;
            this.gate = gate;
        }

        @Override
        public void status(StatusRequest request, StreamObserver<StatusResponse> observer) {
            gate.read(observer, () -> {
                ResponseHeader header = owner.model().header();
                return StatusResponse.newBuilder()
                        .setHeader(header)
                        .setVersion(VERSION)
                        .setLeader(header.getMemberId())
                        .setRaftTerm(header.getRaftTerm())
                        .setRaftIndex(header.getRevision())
                        .setRaftAppliedIndex(header.getRevision())
                        .build();
            });
        }

        /** There are never any, but one may ask. */
        @Override
        public void alarm(AlarmRequest request, StreamObserver<AlarmResponse> observer) {
            gate.read(observer, () -> {
                if (request.getAction() != AlarmRequest.AlarmAction.GET) {
                    throw Status.UNIMPLEMENTED
                            .withDescription("etcdserverpb.Maintenance/Alarm is offered for reading only")
                            .asRuntimeException();
                }
                return AlarmResponse.newBuilder()
                        .setHeader(owner.model().header())
                        .build();
            });
        }
    }

    static final class Cluster extends ClusterGrpc.ClusterImplBase {
        private final Owner owner;
        private final Gate gate;
        private final Supplier<String> endpoint;

        Cluster(Owner owner, Gate gate, Supplier<String> endpoint) {
            this.owner = owner;
            this.gate = gate;
            this.endpoint = endpoint;
        }

        @Override
        public void memberList(MemberListRequest request, StreamObserver<MemberListResponse> observer) {
            gate.read(observer, () -> {
                ResponseHeader header = owner.model().header();
                return MemberListResponse.newBuilder()
                        .setHeader(header)
                        .addMembers(Member.newBuilder()
                                .setID(header.getMemberId())
                                .setName("embedded")
                                .addClientURLs(endpoint.get()))
                        .build();
            });
        }
    }
}
