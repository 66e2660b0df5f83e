package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.History;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Sends transactions. What elections of one session ask for in the same turn of the loop shares a transaction, each
 * nested with guards of its own, so that one that fails says nothing about the others; and so many are under way at
 * most, so that a thousand elections that start together do not flood the store (P11). Confined to the loop.
 */
final class Transmission {
    /** An entry reads a range and puts twice; etcd bounds the operations of a transaction by 128 on each level. */
    private static final int LARGEST_BATCH = 40;

    private static final int MOST_UNDER_WAY = 32;

    private final Environment environment;
    private final SessionLoop session;
    private final History history = new History();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean turnNoted;

    Transmission(Environment environment, SessionLoop session) {
        this.environment = environment;
        this.session = session;
    }

    private record Request(Txn txn, long timeoutNanos, Answer answer) {}

    /** Commits a transaction, perhaps together with others of this turn. */
    void commit(Txn txn, long timeoutNanos, Answer answer) {
        waiting.add(new Request(txn, timeoutNanos, answer));
        if (!turnNoted) {
            turnNoted = true;
            session.post(this::flush);
        }
    }

    /** Commits a transaction by itself, before what waits: it is many in one, and must not come late. */
    void commitAtOnce(Txn txn, long timeoutNanos, Answer answer) {
        send(txn, timeoutNanos, answer);
    }

    /** A watch has told of this revision. */
    void watched(long revision) {
        history.watched(revision);
    }

    private void flush() {
        turnNoted = false;
        while (!waiting.isEmpty() && underWay < MOST_UNDER_WAY) {
            List<Request> batch = new ArrayList<>();
            while (!waiting.isEmpty() && batch.size() < LARGEST_BATCH) {
                batch.add(waiting.remove());
            }
            send(batch);
        }
    }

    private void send(List<Request> batch) {
        underWay++;
        if (batch.size() == 1) {
            Request alone = batch.get(0);
            send(alone.txn(), alone.timeoutNanos(), counted(alone.answer()));
            return;
        }
        List<Txn.Op> nested = new ArrayList<>();
        batch.forEach(each -> nested.add(new Txn.Nested(each.txn())));
        long timeoutNanos =
                batch.stream().mapToLong(Request::timeoutNanos).max().orElseThrow();
        send(new Txn(List.of(), nested, List.of()), timeoutNanos, counted(shared(batch)));
    }

    private void send(Txn txn, long timeoutNanos, Answer answer) {
        long known = history.known();
        environment
                .store()
                .commit(txn, Duration.ofNanos(timeoutNanos))
                .whenComplete((result, failure) -> session.post(() -> {
                    if (failure != null) {
                        answer.failed(Failures.of(failure));
                    } else {
                        judge(known, txn, result, answer);
                    }
                }));
    }

    /** P13: an answer out of another history is no answer. */
    private void judge(long known, Txn txn, TxnResult result, Answer answer) {
        switch (history.answered(known, txn, result)) {
            case SAME -> answer.committed(result);
            case DOUBTFUL -> {
                session.probeHistory();
                answer.failed(outdated(result, known));
            }
            case LOST -> {
                session.historyLost();
                answer.failed(outdated(result, known));
            }
        }
    }

    private static StoreException outdated(TxnResult result, long known) {
        return new StoreException(
                StoreException.Kind.UNAVAILABLE,
                "etcd answered as of revision " + result.revision() + " after it had been at " + known,
                null);
    }

    private Answer counted(Answer answer) {
        return new Answer() {
            @Override
            public void committed(TxnResult result) {
                ended(() -> answer.committed(result));
            }

            @Override
            public void failed(StoreException cause) {
                ended(() -> answer.failed(cause));
            }
        };
    }

    private void ended(Runnable tell) {
        underWay--;
        SessionLoop.guarded(tell);
        if (!waiting.isEmpty() && !turnNoted) {
            turnNoted = true;
            session.post(this::flush);
        }
    }

    private Answer shared(List<Request> batch) {
        return new Answer() {
            @Override
            public void committed(TxnResult result) {
                for (int i = 0; i < batch.size(); i++) {
                    TxnResult inner = ((TxnResult.Inner) result.ops().get(i)).result();
                    // An inner transaction takes effect in the revision of the outer one, and does not tell it itself.
                    TxnResult own = new TxnResult(inner.succeeded(), result.revision(), inner.ops(), result.cluster());
                    Answer answer = batch.get(i).answer();
                    SessionLoop.guarded(() -> answer.committed(own));
                }
            }

            // One that is refused must not keep the others from being committed; halves find it in few steps.
            @Override
            public void failed(StoreException cause) {
                switch (cause.kind()) {
                    case DENIED, REFUSED, LEASE_NOT_FOUND, COMPACTED -> {
                        send(batch.subList(0, batch.size() / 2));
                        send(batch.subList(batch.size() / 2, batch.size()));
                    }
                    default ->
                        batch.forEach(
                                each -> SessionLoop.guarded(() -> each.answer().failed(cause)));
                }
            }
        };
    }
}
