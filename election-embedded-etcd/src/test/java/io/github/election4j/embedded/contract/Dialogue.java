package io.github.election4j.embedded.contract;

import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.CompactionResponse;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseRevokeResponse;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Asks an etcd and shows the answer, be it a response or an error; revisions are counted from the base. */
final class Dialogue {
    private final RawEtcd etcd;
    private final EtcdVersion version;
    private final long base;
    private final Shown shown;
    private final List<Long> granted = new ArrayList<>();

    private Dialogue(RawEtcd etcd, long base) {
        this.etcd = etcd;
        this.version = EtcdVersion.of(etcd);
        this.base = base;
        this.shown = new Shown(base);
    }

    /** Begins with an empty store. */
    static Dialogue onEmptyStore(RawEtcd etcd) {
        DeleteRangeRequest all = Requests.delete(Requests.NUL, Requests.NUL).build();
        return new Dialogue(etcd, etcd.kv().deleteRange(all).getHeader().getRevision());
    }

    /** Leaves no lease behind. */
    void end() {
        granted.forEach(this::revoke);
    }

    /** The server's own number of a revision that is counted from the base. */
    long revision(long relative) {
        return base + relative;
    }

    /** What is expected where the answers of etcd 3.4 and 3.5 differ. */
    String differs(String in34, String in35) {
        return version == EtcdVersion.V3_4 ? in34 : in35;
    }

    RawEtcd raw() {
        return etcd;
    }

    String range(RangeRequest.Builder request) {
        return answer(() -> shown.range(etcd.kv().range(request.build())));
    }

    String put(PutRequest.Builder request) {
        return answer(() -> shown.put(etcd.kv().put(request.build())));
    }

    String put(String key, String value) {
        return put(Requests.put(key, value));
    }

    String put(String key, String value, long lease) {
        return put(Requests.put(key, value).setLease(lease));
    }

    String delete(DeleteRangeRequest.Builder request) {
        return answer(() -> shown.delete(etcd.kv().deleteRange(request.build())));
    }

    String delete(String key) {
        return delete(Requests.delete(key));
    }

    String txn(TxnRequest.Builder request) {
        return answer(() -> shown.txn(etcd.kv().txn(request.build())));
    }

    String compact(long relative) {
        CompactionRequest request = CompactionRequest.newBuilder()
                .setRevision(revision(relative))
                .setPhysical(true)
                .build();
        return answer(() -> {
            CompactionResponse response = etcd.kv().compact(request);
            return shown.header(response.hasHeader(), response.getHeader());
        });
    }

    String grant(long lease, long ttl) {
        LeaseGrantRequest request =
                LeaseGrantRequest.newBuilder().setID(lease).setTTL(ttl).build();
        return answer(() -> {
            LeaseGrantResponse response = etcd.leases().leaseGrant(request);
            granted.add(response.getID());
            return shown.header(response.hasHeader(), response.getHeader()) + " lease " + response.getID() + " ttl "
                    + response.getTTL() + response.getError();
        });
    }

    String revoke(long lease) {
        LeaseRevokeRequest request =
                LeaseRevokeRequest.newBuilder().setID(lease).build();
        return answer(() -> {
            LeaseRevokeResponse response = etcd.leases().leaseRevoke(request);
            return shown.header(response.hasHeader(), response.getHeader());
        });
    }

    /** Without the remaining time, which is no exact thing; keys are sorted, since etcd keeps them in no order. */
    String timeToLive(long lease, boolean keys) {
        LeaseTimeToLiveRequest request =
                LeaseTimeToLiveRequest.newBuilder().setID(lease).setKeys(keys).build();
        return answer(() -> {
            LeaseTimeToLiveResponse response = etcd.leases().leaseTimeToLive(request);
            List<String> attached = response.getKeysList().stream()
                    .map(key -> key.toStringUtf8())
                    .sorted()
                    .toList();
            return shown.header(response.hasHeader(), response.getHeader()) + " lease " + response.getID() + " granted "
                    + response.getGrantedTTL() + (response.getTTL() < 0 ? " ttl " + response.getTTL() : "") + " "
                    + attached;
        });
    }

    long remaining(long lease) {
        return etcd.leases()
                .leaseTimeToLive(
                        LeaseTimeToLiveRequest.newBuilder().setID(lease).build())
                .getTTL();
    }

    String keepAlive(long lease) {
        LeaseKeepAliveResponse response = etcd.keepAlive(lease);
        return shown.header(response.hasHeader(), response.getHeader()) + " lease " + response.getID() + " ttl "
                + response.getTTL();
    }

    WatchDialogue watch() {
        return new WatchDialogue(etcd.watch(), shown);
    }

    private static String answer(Supplier<String> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException refused) {
            return Shown.error(refused);
        }
    }
}
