package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.Effect;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * P4: the heartbeats that fall due together share transactions, each nested with guards of its own, so that one that
 * fails says nothing about the others. Confined to the loop.
 */
final class HeartbeatBatch {
    /** Well below the limit of operations in a transaction of etcd, 128. */
    private static final int LARGEST = 50;

    private final Environment environment;
    private final Consumer<Runnable> loop;
    private final List<Beat> waiting = new ArrayList<>();

    HeartbeatBatch(Environment environment, Consumer<Runnable> loop) {
        this.environment = environment;
        this.loop = loop;
    }

    private record Beat(ElectionRunner runner, Effect.Commit commit) {
        void reply(Input reply) {
            runner.handle(reply);
        }
    }

    /** Sends a heartbeat together with those of the same turn of the loop. */
    void add(ElectionRunner runner, Effect.Commit commit) {
        if (waiting.isEmpty()) {
            loop.accept(this::flush);
        }
        waiting.add(new Beat(runner, commit));
    }

    /** Commits one transaction and answers with its tag. */
    static void commit(Environment environment, Effect.Commit commit, Consumer<Input> reply) {
        environment
                .store()
                .commit(commit.txn(), Duration.ofNanos(commit.timeoutNanos()))
                .whenComplete((result, failure) -> reply.accept(
                        failure == null
                                ? new Input.Committed(commit.tag(), result)
                                : new Input.Failed(commit.tag(), Failures.of(failure))));
    }

    private void flush() {
        List<Beat> due = List.copyOf(waiting);
        waiting.clear();
        for (int from = 0; from < due.size(); from += LARGEST) {
            send(due.subList(from, Math.min(due.size(), from + LARGEST)));
        }
    }

    private void send(List<Beat> beats) {
        if (beats.size() == 1) {
            sendAlone(beats.get(0));
            return;
        }
        List<Txn.Op> nested = new ArrayList<>();
        beats.forEach(beat -> nested.add(new Txn.Nested(beat.commit().txn())));
        Duration timeout = Duration.ofNanos(beats.get(0).commit().timeoutNanos());
        environment
                .store()
                .commit(new Txn(List.of(), nested, List.of()), timeout)
                .whenComplete((result, failure) -> loop.accept(() -> {
                    if (failure == null) {
                        answer(beats, result);
                    } else {
                        failed(beats, Failures.of(failure));
                    }
                }));
    }

    private void sendAlone(Beat beat) {
        commit(environment, beat.commit(), reply -> loop.accept(() -> beat.reply(reply)));
    }

    private static void answer(List<Beat> beats, TxnResult result) {
        for (int i = 0; i < beats.size(); i++) {
            TxnResult inner = ((TxnResult.Inner) result.ops().get(i)).result();
            // An inner transaction takes effect in the revision of the outer one, and does not tell it itself.
            TxnResult own = new TxnResult(inner.succeeded(), result.revision(), inner.ops());
            beats.get(i).reply(new Input.Committed(beats.get(i).commit().tag(), own));
        }
    }

    /** One that is refused must not keep the others from being sent. */
    private void failed(List<Beat> beats, StoreException failure) {
        switch (failure.kind()) {
            case DENIED, REFUSED, LEASE_NOT_FOUND -> beats.forEach(this::sendAlone);
            default ->
                beats.forEach(beat -> beat.reply(new Input.Failed(beat.commit().tag(), failure)));
        }
    }
}
