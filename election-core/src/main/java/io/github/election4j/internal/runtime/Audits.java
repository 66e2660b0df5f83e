package io.github.election4j.internal.runtime;

import io.github.election4j.internal.machine.AuditQuestion;
import io.github.election4j.internal.machine.Input;
import io.github.election4j.internal.machine.Transactions;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * P6: compares what elections see with what the store has, a third of them in each tick, many in one read; and the keys
 * that go with the lease with those of the elections that are open (H5): one that was put late, for an election that
 * had been closed by then, would stand for as long as the process lives. Confined to the loop.
 */
final class Audits {
    /** In so many ticks everybody has a turn. */
    private static final int TURNS = 3;

    /** Each asks for up to four keys; etcd bounds the operations of a transaction by 128. */
    private static final int LARGEST_BATCH = 30;

    private final Environment environment;
    private final SessionSettings settings;
    private final SessionLoop session;
    private final Transmission transmission;
    private int turn;

    Audits(Environment environment, SessionSettings settings, SessionLoop session, Transmission transmission) {
        this.environment = environment;
        this.settings = settings;
        this.session = session;
        this.transmission = transmission;
    }

    private record Asked(ElectionRunner runner, AuditQuestion question) {}

    void tick(List<ElectionRunner> runners, long leaseId) {
        turn = (turn + 1) % TURNS;
        List<Asked> asked = new ArrayList<>();
        for (int i = turn; i < runners.size(); i += TURNS) {
            ElectionRunner runner = runners.get(i);
            AuditQuestion question = runner.auditQuestion();
            if (question != null) {
                asked.add(new Asked(runner, question));
            }
        }
        for (int from = 0; from < asked.size(); from += LARGEST_BATCH) {
            ask(asked.subList(from, Math.min(asked.size(), from + LARGEST_BATCH)));
        }
        if (turn == 0) {
            compareKeys(leaseId);
        }
    }

    private void ask(List<Asked> batch) {
        List<Txn.Op> reads = new ArrayList<>();
        batch.forEach(each -> reads.addAll(each.question().reads()));
        Txn txn = new Txn(List.of(), reads, List.of());
        transmission.commitAtOnce(
                txn,
                settings.requestTimeout().toNanos(),
                Answer.of(result -> compared(batch, result), cause -> failed(batch, cause)));
    }

    private static void compared(List<Asked> batch, TxnResult result) {
        int from = 0;
        for (Asked each : batch) {
            boolean agrees = each.question().agrees(result, from);
            from += each.question().reads().size();
            SessionLoop.guarded(() -> each.runner().handle(new Input.Audited(each.question(), agrees)));
        }
    }

    /** H7: one that is refused must not keep the others from being compared. */
    private void failed(List<Asked> batch, StoreException cause) {
        if (cause.kind() == StoreException.Kind.DENIED && batch.size() > 1) {
            ask(batch.subList(0, batch.size() / 2));
            ask(batch.subList(batch.size() / 2, batch.size()));
        }
    }

    private void compareKeys(long leaseId) {
        environment
                .store()
                .keys(leaseId, settings.requestTimeout())
                .whenComplete((keys, failure) -> session.post(() -> {
                    if (failure == null) {
                        keys.stream()
                                .filter(each -> each.endsWith("/" + Long.toHexString(leaseId)))
                                .filter(each -> !session.isOpen(electionOf(each)))
                                .forEach(this::look);
                    }
                }));
    }

    private void look(String orphan) {
        transmission.commit(
                new Txn(List.of(), List.of(new Txn.Get(orphan)), List.of()),
                settings.requestTimeout().toNanos(),
                onFound(result -> Transactions.found(result, 0).forEach(found -> {
                    if (!session.isOpen(electionOf(orphan))) {
                        session.memory(electionOf(orphan)).held(orphan, found.createRevision());
                        transmission.commit(
                                Transactions.remove(orphan, found.createRevision()),
                                settings.requestTimeout().toNanos(),
                                onFound(removed -> {}));
                    }
                })));
    }

    /** What fails is looked for again with the next turn. */
    private static Answer onFound(Consumer<TxnResult> how) {
        return Answer.of(how, unanswered -> {});
    }

    private static String electionOf(String key) {
        return key.substring(0, key.lastIndexOf('/'));
    }
}
