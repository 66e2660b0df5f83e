package io.github.election4j.embedded.contract;

import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;

/** One step of a random run. Watchers have numbers of the run's own. */
sealed interface Operation {
    record Range(RangeRequest request) implements Operation {}

    record Put(PutRequest request) implements Operation {}

    record Delete(DeleteRangeRequest request) implements Operation {}

    record Txn(TxnRequest request) implements Operation {}

    record Compact(CompactionRequest request) implements Operation {}

    record Grant(LeaseGrantRequest request) implements Operation {}

    record KeepAlive(long lease) implements Operation {}

    record Revoke(long lease) implements Operation {}

    record TimeToLive(long lease) implements Operation {}

    /** Puts a key under a new lease of the least time to live, and waits until it has expired. */
    record Expire(long lease, PutRequest first, PutRequest second) implements Operation {}

    record CreateWatcher(int watcher, int stream, WatchCreateRequest request) implements Operation {}

    record CancelWatcher(int watcher) implements Operation {}

    record Progress(int stream) implements Operation {}

    /** Everybody has seen everything before the next operation. */
    record Quiet() implements Operation {}
}
