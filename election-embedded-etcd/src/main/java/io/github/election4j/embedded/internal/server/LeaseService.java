package io.github.election4j.embedded.internal.server;

import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;

/** {@code etcdserverpb.Lease}. */
final class LeaseService extends LeaseGrpc.LeaseImplBase {
    private final Owner owner;
    private final Gate gate;
    /** What is told of leases that need not live any more: those that did when the lying began, and later ones. */
    private final Map<Long, Long> lies = new HashMap<>();

    private boolean lying;

    LeaseService(Owner owner, Gate gate) {
        this.owner = owner;
        this.gate = gate;
    }

    /** For the thread of the owner only. */
    void lying(boolean newLying) {
        lying = newLying;
        lies.clear();
        if (lying) {
            owner.model().leases().forEach(lease -> lies.put(lease, grantedTtl(lease)));
        }
    }

    @Override
    public void leaseGrant(LeaseGrantRequest request, StreamObserver<LeaseGrantResponse> observer) {
        gate.decide(observer, () -> {
            LeaseGrantResponse response = owner.model().leaseGrant(request, now());
            if (lying) {
                lies.put(response.getID(), response.getTTL());
            }
            return response;
        });
    }

    @Override
    public void leaseRevoke(LeaseRevokeRequest request, StreamObserver<LeaseRevokeResponse> observer) {
        gate.decide(observer, () -> owner.model().leaseRevoke(request));
    }

    @Override
    public void leaseTimeToLive(LeaseTimeToLiveRequest request, StreamObserver<LeaseTimeToLiveResponse> observer) {
        gate.decide(observer, () -> owner.model().leaseTimeToLive(request, now()));
    }

    @Override
    public StreamObserver<LeaseKeepAliveRequest> leaseKeepAlive(StreamObserver<LeaseKeepAliveResponse> observer) {
        Gate.prepare(observer);
        return new Renewals(observer);
    }

    private final class Renewals implements StreamObserver<LeaseKeepAliveRequest> {
        private final StreamObserver<LeaseKeepAliveResponse> observer;
        private boolean ended;

        private Renewals(StreamObserver<LeaseKeepAliveResponse> observer) {
            this.observer = observer;
        }

        @Override
        public void onNext(LeaseKeepAliveRequest request) {
            owner.request(() -> {
                if (!ended && !gate.silent()) {
                    renew(request);
                }
            });
        }

        @Override
        public void onError(Throwable lost) {
            owner.request(() -> ended = true);
        }

        @Override
        public void onCompleted() {
            owner.request(() -> {
                if (!ended) {
                    ended = true;
                    observer.onCompleted();
                }
            });
        }

        private void renew(LeaseKeepAliveRequest request) {
            try {
                gate.requireLeader();
                observer.onNext(lying ? lie(request) : owner.model().leaseKeepAlive(request, now()));
            } catch (StatusRuntimeException refused) {
                ended = true;
                observer.onError(refused);
            }
        }
    }

    private LeaseKeepAliveResponse lie(LeaseKeepAliveRequest request) {
        return LeaseKeepAliveResponse.newBuilder()
                .setHeader(owner.model().header())
                .setID(request.getID())
                .setTTL(lies.getOrDefault(request.getID(), 0L))
                .build();
    }

    private long grantedTtl(long lease) {
        LeaseTimeToLiveRequest request =
                LeaseTimeToLiveRequest.newBuilder().setID(lease).build();
        return owner.model().leaseTimeToLive(request, now()).getGrantedTTL();
    }

    private long now() {
        return owner.clock().nanos();
    }
}
