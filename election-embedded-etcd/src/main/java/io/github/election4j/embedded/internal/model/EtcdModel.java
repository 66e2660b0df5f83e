package io.github.election4j.embedded.internal.model;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.CompactionResponse;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.github.election4j.embedded.internal.model.Leases.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * An etcd as a value machine, in its own messages: requests in, answers and watch events out; errors are
 * {@link io.grpc.StatusRuntimeException}s with etcd's codes and texts, and change nothing. To be used by one thread at
 * a time. Moments are nanoseconds of a monotonic clock of any origin.
 */
public final class EtcdModel {
    private static final long RAFT_TERM = 2;

    private final ModelSettings settings;
    private final Mvcc mvcc = new Mvcc();
    private final Leases leases;
    private final Writes writes;
    private final Transactions transactions;
    private final List<WatchStream> streams = new ArrayList<>();

    /**
     * Creates an empty one, at revision 1.
     *
     * @param settings what it is
     */
    public EtcdModel(ModelSettings settings) {
        this.settings = settings;
        this.leases = new Leases(settings);
        this.writes = new Writes(mvcc, leases);
        this.transactions = new Transactions(mvcc, writes);
    }

    /** {@return who answers, and the present revision} */
    public ResponseHeader header() {
        return header(mvcc.revision());
    }

    /** {@return what is found} */
    public RangeResponse range(RangeRequest request) {
        Ranges.check(request);
        RangeResponse found = Ranges.read(mvcc, request);
        return found.toBuilder().setHeader(header()).build();
    }

    /** {@return the new revision, and the previous pair if that was asked for} */
    public PutResponse put(PutRequest request) {
        TxnChecks.check(request);
        writes.checkLease(request);
        writes.checkKept(request);
        PutResponse response = writes.put(request);
        commit();
        return response.toBuilder().setHeader(header()).build();
    }

    /** {@return what was deleted} */
    public DeleteRangeResponse deleteRange(DeleteRangeRequest request) {
        TxnChecks.check(request);
        DeleteRangeResponse response = writes.delete(request);
        commit();
        return response.toBuilder().setHeader(header()).build();
    }

    /** {@return which branch was taken, and what it came to} */
    public TxnResponse txn(TxnRequest request) {
        TxnResponse response = transactions.run(request);
        commit();
        return response.toBuilder().setHeader(header()).build();
    }

    /** {@return the present revision} */
    public CompactionResponse compact(CompactionRequest request) {
        mvcc.compact(request.getRevision());
        return CompactionResponse.newBuilder().setHeader(header()).build();
    }

    /** {@return the lease that was granted} */
    public LeaseGrantResponse leaseGrant(LeaseGrantRequest request, long nowNanos) {
        Lease lease = leases.grant(request.getID(), request.getTTL(), nowNanos);
        return LeaseGrantResponse.newBuilder()
                .setHeader(header())
                .setID(lease.id())
                .setTTL(lease.ttlSeconds())
                .build();
    }

    /** {@return the revision after the keys of the lease have gone with it} */
    public LeaseRevokeResponse leaseRevoke(LeaseRevokeRequest request) {
        revoke(leases.require(request.getID()));
        return LeaseRevokeResponse.newBuilder().setHeader(header()).build();
    }

    /** {@return the whole time to live; 0 if there is no such lease} */
    public LeaseKeepAliveResponse leaseKeepAlive(LeaseKeepAliveRequest request, long nowNanos) {
        LeaseKeepAliveResponse.Builder response =
                LeaseKeepAliveResponse.newBuilder().setHeader(header()).setID(request.getID());
        Lease lease = leases.find(request.getID());
        if (lease != null) {
            lease.renew(nowNanos);
            response.setTTL(lease.ttlSeconds());
        }
        return response.build();
    }

    /** {@return what is left of a lease; -1 if there is none} */
    public LeaseTimeToLiveResponse leaseTimeToLive(LeaseTimeToLiveRequest request, long nowNanos) {
        LeaseTimeToLiveResponse.Builder response =
                LeaseTimeToLiveResponse.newBuilder().setHeader(header()).setID(request.getID());
        Lease lease = leases.find(request.getID());
        if (lease == null) {
            return response.setTTL(-1).build();
        }
        response.setTTL(lease.remainingSeconds(nowNanos)).setGrantedTTL(lease.ttlSeconds());
        if (request.getKeys()) {
            response.addAllKeys(lease.keys());
        }
        return response.build();
    }

    /** {@return the leases that live} */
    public List<Long> leases() {
        return leases.ids();
    }

    /**
     * Revokes every lease that has ended.
     *
     * @param nowNanos now
     */
    public void expireLeases(long nowNanos) {
        leases.due(nowNanos).forEach(this::revoke);
    }

    /**
     * Revokes a lease, however long it still has; one that does not exist is ignored.
     *
     * @param leaseId the lease
     */
    public void expireLease(long leaseId) {
        Lease lease = leases.find(leaseId);
        if (lease != null) {
            revoke(lease);
        }
    }

    /**
     * Gives every lease its whole time again, as a restart does.
     *
     * @param nowNanos now
     */
    public void renewLeases(long nowNanos) {
        leases.renewAll(nowNanos);
    }

    /** {@return when the next lease ends} */
    public OptionalLong nextExpiryNanos() {
        return leases.nextEnd();
    }

    /** {@return a stream without watchers; to be closed} */
    public WatchStream openWatchStream() {
        return new WatchStream(mvcc, this::header, streams);
    }

    /** One revision for all keys of the lease, in their order. */
    private void revoke(Lease lease) {
        leases.remove(lease);
        for (ByteString key : lease.keys()) {
            KeyValue existing = mvcc.get(key);
            if (existing != null) {
                writes.delete(existing);
            }
        }
        commit();
    }

    private void commit() {
        List<KeyValue> changes = mvcc.commit();
        if (!changes.isEmpty()) {
            streams.forEach(stream -> stream.committed(changes));
            mvcc.keep(settings.keptRevisions());
        }
    }

    private ResponseHeader header(long revision) {
        return ResponseHeader.newBuilder()
                .setClusterId(settings.clusterId())
                .setMemberId(settings.memberId())
                .setRevision(revision)
                .setRaftTerm(RAFT_TERM)
                .build();
    }
}
