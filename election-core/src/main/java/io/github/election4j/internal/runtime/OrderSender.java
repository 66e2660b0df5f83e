package io.github.election4j.internal.runtime;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.ElectionException.Kind;
import io.github.election4j.OperationOutcome;
import io.github.election4j.internal.machine.ElectionKeys;
import io.github.election4j.internal.machine.MachineSnapshot;
import io.github.election4j.internal.machine.Order;
import io.github.election4j.internal.machine.Transactions;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.OrderValue;
import io.github.election4j.internal.wire.OrderValue.Answered;
import io.github.election4j.internal.wire.OrderValue.Asked;
import io.github.election4j.internal.wire.OrderValue.Operation;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.KeyValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Has the member that leads do what only it can do: writes an order beside the queue, and waits for its answer there.
 * An order that is not answered in time is withdrawn, and etcd ends it if that fails too. Any thread.
 */
final class OrderSender {
    private final ElectionConfig config;
    private final ElectionKeys keys;
    private final Environment environment;
    private final Duration requestTimeout;
    private final Duration lasts;
    private final Function<Predicate<MachineSnapshot>, CompletableFuture<Boolean>> view;

    /** The view answers true once a condition holds, and false if it does not within the limit of a step-down. */
    OrderSender(
            ElectionConfig config,
            Environment environment,
            Duration requestTimeout,
            Function<Predicate<MachineSnapshot>, CompletableFuture<Boolean>> view) {
        this.config = config;
        this.keys = new ElectionKeys(config.key());
        this.environment = environment;
        this.requestTimeout = requestTimeout;
        this.lasts = config.stepDownTimeout().plus(requestTimeout.multipliedBy(2));
        this.view = view;
    }

    /** For the member with this id, which has to be the one that leads. */
    CompletableFuture<OperationOutcome> resign(String id) {
        return send(
                Operation.RESIGN, "", leader -> leader.equals(id) ? null : "'" + leader + "' leads, not '" + id + "'");
    }

    /** For whoever leads. */
    CompletableFuture<OperationOutcome> transfer(String to) {
        return send(Operation.TRANSFER, to, leader -> leader.equals(to) ? "it leads already" : null);
    }

    private record Sent(String key, long revision) {}

    private CompletableFuture<OperationOutcome> send(
            Operation operation, String to, Function<String, @Nullable String> objection) {
        return environment
                .store()
                .commit(Transactions.read(keys), requestTimeout)
                .thenCompose(read -> {
                    List<KeyValue> range = Transactions.found(read, 0);
                    KeyValue leader = leader(range);
                    CandidateValue value = CandidateValue.parse(leader.value());
                    String objected = value.ours()
                            ? objection.apply(value.id())
                            : "'" + value.id() + "' leads, which is not a member of Election4J and obeys no order";
                    if (objected != null) {
                        throw refused(objected);
                    }
                    String key = keys.order(leader.key());
                    return put(
                            key,
                            replaceable(range, key),
                            leader,
                            new Asked(operation, to, leader.createRevision(), config.id()));
                })
                .thenCompose(this::answer);
    }

    private KeyValue leader(List<KeyValue> range) {
        return range.stream()
                .filter(each -> keys.isPlace(each.key()))
                .findFirst()
                .orElseThrow(() -> refused("nobody leads"));
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

    private CompletableFuture<Sent> put(String key, long before, KeyValue leader, Asked asked) {
        return environment
                .store()
                .grant(lasts, requestTimeout)
                .thenApply(ElectionStore.Lease::id)
                .thenCompose(lease -> environment
                        .store()
                        .commit(Transactions.order(key, before, leader.key(), asked, lease), requestTimeout))
                .thenApply(written -> {
                    if (!written.succeeded()) {
                        throw refused("the leader has changed, or another order has come first; ask again");
                    }
                    return new Sent(key, written.revision());
                });
    }

    private CompletableFuture<OperationOutcome> answer(Sent sent) {
        CompletableFuture<Order> answered = new CompletableFuture<>();
        return view.apply(
                        seen -> seen.orders().stream().anyMatch(each -> answers(each, sent) && answered.complete(each)))
                .thenCompose(inTime -> inTime ? answered : withdraw(sent))
                .thenApply(this::outcome);
    }

    private static boolean answers(Order found, Sent sent) {
        return found.value() instanceof Answered answer && answer.order() == sent.revision();
    }

    /** What was answered all the same; exceptionally if nothing was. */
    private CompletableFuture<Order> withdraw(Sent sent) {
        return environment
                .store()
                .commit(Transactions.withdraw(sent.key(), sent.revision()), requestTimeout)
                .handle((result, failure) -> {
                    if (failure != null) {
                        throw late("could not be withdrawn either: it stands for " + lasts.toSeconds() + " s at most");
                    } else if (result.succeeded()) {
                        throw late("was withdrawn; what the leader has begun by then goes on");
                    }
                    return Transactions.found(result, 0).stream()
                            .map(Order::of)
                            .filter(each -> answers(each, sent))
                            .findFirst()
                            .orElseThrow(() -> late("has ended by its lease"));
                });
    }

    private OperationOutcome outcome(Order answer) {
        forget(answer);
        Answered answered = (Answered) answer.value();
        if (answered.outcome() == null) {
            throw failed(answered.failure(), answered.message());
        }
        return answered.outcome();
    }

    /** An answer that is left behind goes with the lease of who gave it. */
    private void forget(Order answer) {
        environment.store().commit(Transactions.withdraw(answer.key(), answer.revision()), requestTimeout);
    }

    private ElectionException refused(String why) {
        return failed(Kind.REFUSED, why);
    }

    private ElectionException late(String what) {
        return failed(Kind.TIMEOUT, "the leader has not answered in time, and the order " + what);
    }

    private ElectionException failed(Kind kind, String why) {
        return new ElectionException(kind, "Election '" + config.name() + "': " + why, null);
    }
}
