package io.github.election4j.embedded.contract;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrantResponse;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.LeaseTimeToLiveRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Performs a random run on one etcd, operation after operation; ranges that follow each other go out together. */
final class Performer {
    static final int STREAMS = 4;

    private final RawEtcd etcd;
    private final List<EventStream> streams;
    private final Map<Integer, Watching> watchers = new LinkedHashMap<>();
    private final List<Event> log = new ArrayList<>();
    private final Watching everything;
    private long revision;
    private long compacted;

    Performer(RawEtcd etcd) {
        this.etcd = etcd;
        this.streams = Stream.generate(etcd::events).limit(STREAMS).toList();
        EventStream all = etcd.events();
        WatchCreateRequest request =
                Requests.watch(Requests.NUL, Requests.NUL).setPrevKv(true).build();
        all.send(WatchRequest.newBuilder().setCreateRequest(request));
        WatchResponse created = all.answer();
        this.revision = created.getHeader().getRevision();
        this.everything = new Watching(all, created.getWatchId(), request, 0);
    }

    long revision() {
        return revision;
    }

    /** The answers, one for each operation: a message without what differs by nature, or the text of an error. */
    List<Object> perform(List<Operation> operations) {
        List<Object> answers = new ArrayList<>();
        List<Future<RangeResponse>> underWay = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Range range) {
                underWay.add(etcd.kvLater().range(range.request()));
                continue;
            }
            collect(underWay, answers);
            answers.add(perform(operation));
        }
        collect(underWay, answers);
        return answers;
    }

    private void collect(List<Future<RangeResponse>> underWay, List<Object> answers) {
        for (Future<RangeResponse> range : underWay) {
            answers.add(answer(() -> get(range)));
        }
        underWay.clear();
    }

    private Object perform(Operation operation) {
        if (operation instanceof Operation.CreateWatcher create) {
            return create(create);
        }
        if (operation instanceof Operation.CancelWatcher cancel) {
            return cancel(cancel.watcher());
        }
        if (operation instanceof Operation.Expire expire) {
            return expire(expire);
        }
        if (operation instanceof Operation.Quiet) {
            awaitEverything();
            return "quiet";
        }
        return answer(() -> call(operation));
    }

    private Message call(Operation operation) {
        if (operation instanceof Operation.Put put) {
            return etcd.kv().put(put.request());
        }
        if (operation instanceof Operation.Delete delete) {
            return etcd.kv().deleteRange(delete.request());
        }
        if (operation instanceof Operation.Txn txn) {
            return etcd.kv().txn(txn.request());
        }
        if (operation instanceof Operation.Compact compact) {
            Message response = etcd.kv().compact(compact.request());
            compacted = compact.request().getRevision();
            return response;
        }
        return callLease(operation);
    }

    private Message callLease(Operation operation) {
        if (operation instanceof Operation.Grant grant) {
            return etcd.leases().leaseGrant(grant.request());
        }
        if (operation instanceof Operation.KeepAlive keepAlive) {
            return etcd.keepAlive(keepAlive.lease());
        }
        if (operation instanceof Operation.Revoke revoke) {
            return etcd.leases()
                    .leaseRevoke(LeaseRevokeRequest.newBuilder()
                            .setID(revoke.lease())
                            .build());
        }
        if (operation instanceof Operation.TimeToLive timeToLive) {
            return etcd.leases()
                    .leaseTimeToLive(LeaseTimeToLiveRequest.newBuilder()
                            .setID(timeToLive.lease())
                            .setKeys(true)
                            .build());
        }
        if (operation instanceof Operation.Progress progress) {
            EventStream stream = streams.get(progress.stream());
            stream.send(WatchRequest.newBuilder().setProgressRequest(WatchProgressRequest.getDefaultInstance()));
            return stream.answer();
        }
        throw new IllegalArgumentException(operation.toString());
    }

    private Object answer(Supplier<? extends Message> call) {
        try {
            Message answer = call.get();
            revision = Math.max(revision, Answers.revision(answer));
            return Answers.comparable(answer);
        } catch (StatusRuntimeException refused) {
            return Shown.error(refused);
        }
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        }
    }

    private Object create(Operation.CreateWatcher create) {
        EventStream stream = streams.get(create.stream());
        WatchCreateRequest request = create.request();
        stream.send(WatchRequest.newBuilder().setCreateRequest(request));
        WatchResponse created = stream.answer();
        List<Object> answers = new ArrayList<>(List.of(Answers.comparable(created)));
        if (created.getCanceled()) {
            return answers;
        }
        long from =
                request.getStartRevision() == 0 ? created.getHeader().getRevision() + 1 : request.getStartRevision();
        if (from < compacted) {
            answers.add(Answers.comparable(stream.answer()));
            from = Long.MAX_VALUE;
        }
        watchers.put(create.watcher(), new Watching(stream, created.getWatchId(), request, from));
        return answers;
    }

    /** Asked for at quiet points only: the answer may overtake events. */
    private Object cancel(int number) {
        Watching watching = watchers.remove(number);
        if (watching == null) {
            return "was refused";
        }
        watching.stream().cancel(watching.id());
        return Answers.comparable(watching.stream().answer());
    }

    private Object expire(Operation.Expire expire) {
        LeaseGrantRequest grant =
                LeaseGrantRequest.newBuilder().setID(expire.lease()).setTTL(1).build();
        LeaseGrantResponse granted = etcd.leases().leaseGrant(grant);
        List<Object> answers = new ArrayList<>(List.of(Answers.comparable(granted)));
        answers.add(answer(() -> etcd.kv().put(expire.first())));
        answers.add(answer(() -> etcd.kv().put(expire.second())));
        LeaseTimeToLiveRequest request = LeaseTimeToLiveRequest.newBuilder()
                .setID(expire.lease())
                .setKeys(true)
                .build();
        await("end of lease " + expire.lease())
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> etcd.leases().leaseTimeToLive(request).getTTL() == -1);
        answers.add(answer(() -> etcd.leases().leaseTimeToLive(request)));
        return answers;
    }

    /** Returns when each watcher has seen all there is for it. */
    void awaitEverything() {
        while (log.isEmpty() ? revision > 1 : lastLogged() < revision) {
            List<Event> fresh = everything.stream().nextAfter(everything.id(), log.size());
            log.addAll(fresh);
        }
        watchers.values().forEach(watching -> watching.await(log));
    }

    private long lastLogged() {
        return log.get(log.size() - 1).getKv().getModRevision();
    }

    /** What each watcher has seen since the last call, by its number; all there was is of number -1. */
    Map<Integer, List<Event>> takeEvents() {
        Map<Integer, List<Event>> events = new LinkedHashMap<>();
        events.put(-1, everything.take());
        watchers.forEach((number, watching) -> events.put(number, watching.take()));
        return events;
    }
}
