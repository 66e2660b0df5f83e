package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionException.Kind;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.Order;
import io.github.election4j.internal.machine.Transactions;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.OrderValue;
import io.github.election4j.internal.wire.OrderValue.Answered;
import io.github.election4j.internal.wire.OrderValue.Asked;
import io.github.election4j.internal.wire.OrderValue.Operation;
import io.github.election4j.spi.ElectionStore.Lease;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the member that leads do what only it can do: writes an order beside the queue, and waits for its answer there.
 * An order that is not answered in time is withdrawn, and etcd ends it if that fails too. Any thread.
 */
final class OrderSender {
    private final ElectionConfig config;
    private final ElectionKeys keys;
    private final Supplier<TimedRequests> operations;
    private final Sight sight;

    OrderSender(ElectionConfig config, Supplier<TimedRequests> operations, Sight sight) {
        this.config = config;
        this.keys = new ElectionKeys(config.key());
        this.operations = operations;
        this.sight = sight;
    }

    /** For the member with this id, which has to be the one that leads. */
    CompletableFuture<OperationOutcome> resign(String id) {
        return send(
                Operation.RESIGN, "", leader -> leader.equals(id) ? null : "'" + leader + "' leads, not '" + id + "'");
    }

    /** For whoever leads. */
    CompletableFuture<OperationOutcome> transfer(String to) {
        return send(Operation.TRANSFER, to, leader -> leader.equals(to) ? "'" + to + "' leads already" : null);
    }

    private record Sent(String leader, String key, long revision, Duration ttl) {}

    private CompletableFuture<OperationOutcome> send(
            Operation operation, String to, Function<String, @Nullable String> objection) {
        TimedRequests requests = operations.get();
        return requests.commit(Transactions.read(keys))
                .thenCompose(read -> {
                    List<KeyValue> range = Transactions.found(read, 0);
                    KeyValue leader = leader(range, objection);
                    Asked asked = new Asked(operation, to, leader.createRevision(), config.id());
                    return put(range, leader, asked, requests);
                })
                .thenCompose(sent -> answer(sent, requests));
    }

    private KeyValue leader(List<KeyValue> range, Function<String, @Nullable String> objection) {
        KeyValue leader = range.stream()
                .filter(each -> keys.isPlace(each.key()))
                .findFirst()
                .orElseThrow(() -> refused("nobody leads"));
        CandidateValue value = CandidateValue.parse(leader.value());
        String objected = value.ours()
                ? objection.apply(value.id())
                : "'" + value.id() + "' leads, which is not a member of Election4J and obeys no order";
        if (objected != null) {
            throw refused(objected);
        }
        return leader;
    }

    private CompletableFuture<Sent> put(List<KeyValue> range, KeyValue leader, Asked asked, TimedRequests requests) {
        String key = keys.order(leader.key());
        long before = replaceable(range, key);
        return requests.grant(requests.longest())
                .thenCompose(lease -> requests.commit(Transactions.order(key, before, leader.key(), asked, lease.id()))
                        .whenComplete((written, failure) -> takeBack(lease, written, requests))
                        .thenApply(written -> {
                            if (!written.succeeded()) {
                                throw refused("the leader has changed, or another order has come first; ask again");
                            }
                            String id = CandidateValue.parse(leader.value()).id();
                            return new Sent(id, key, written.revision(), lease.ttl());
                        }));
    }

    /** An order of which nobody knows whether it was put is none: it goes with its lease. */
    private static void takeBack(Lease lease, @Nullable TxnResult written, TimedRequests requests) {
        if (written == null || !written.succeeded()) {
            requests.revoke(lease.id());
        }
    }

    /** The revision of an answer that nobody has taken away, 0 for nothing. */
    private long replaceable(List<KeyValue> range, String key) {
        Optional<KeyValue> there =
                range.stream().filter(each -> each.key().equals(key)).findFirst();
        if (there.isPresent() && OrderValue.parse(there.get().value()) instanceof Asked other) {
            throw refused("another order for the leader is under way, which '" + other.by() + "' has passed on");
        }
        return there.map(KeyValue::modRevision).orElse(0L);
    }

    private CompletableFuture<OperationOutcome> answer(Sent sent, TimedRequests requests) {
        CompletableFuture<Order> answered = new CompletableFuture<>();
        return sight.shows(
                        seen -> seen.orders().stream().anyMatch(each -> answers(each, sent) && answered.complete(each)),
                        requests.left())
                .thenCompose(inTime -> inTime ? answered : withdraw(sent, requests))
                .thenApply(answer -> {
                    // It would go with the lease of the order; no matter whether it goes before.
                    requests.commitAtLast(Transactions.withdraw(answer.key(), answer.revision()));
                    return outcome(sent, (Answered) answer.value());
                });
    }

    private static boolean answers(Order found, Sent sent) {
        return found.value() instanceof Answered answer && answer.order() == sent.revision();
    }

    /** What was answered all the same; exceptionally if nothing was. */
    private CompletableFuture<Order> withdraw(Sent sent, TimedRequests requests) {
        return requests.commitAtLast(Transactions.withdraw(sent.key(), sent.revision()))
                .handle((result, failure) -> {
                    if (failure != null) {
                        throw late(
                                sent,
                                "could not be withdrawn either: it stands for "
                                        + sent.ttl().toSeconds() + " s at most");
                    } else if (result.succeeded()) {
                        throw late(sent, "was withdrawn; what the leader has begun by then goes on");
                    }
                    return Transactions.found(result, 0).stream()
                            .map(Order::of)
                            .filter(each -> answers(each, sent))
                            .findFirst()
                            .orElseThrow(() -> late(sent, "is gone, and so is its answer if there was one"));
                });
    }

    /** What went wrong there is nothing that this member has done or can do. */
    private OperationOutcome outcome(Sent sent, Answered answer) {
        if (answer.outcome() != null) {
            return answer.outcome();
        }
        String message = answer.message().isEmpty() ? "what this version does not know" : answer.message();
        throw failed(
                answer.failure() == Kind.REFUSED ? Kind.REFUSED : Kind.TIMEOUT,
                "'" + sent.leader() + "', which leads, has answered: " + message);
    }

    private ElectionException refused(String why) {
        return failed(Kind.REFUSED, why);
    }

    private ElectionException late(Sent sent, String what) {
        return failed(Kind.TIMEOUT, "'" + sent.leader() + "' has not answered in time, and the order " + what);
    }

    private ElectionException failed(Kind kind, String why) {
        return new ElectionException(kind, "Election '" + config.name() + "': " + why, null);
    }
}
