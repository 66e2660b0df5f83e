package io.github.election4j.internal.machine;

import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is between a process and the store: requests can be lost, held, or refused. P13 is judged where answers come.
 */
final class Network {
    private static final Duration ROUND_TRIP = World.LATENCY.multipliedBy(2);

    private final World world;
    private final Consumer<Runnable> process;
    private final Consumer<History.Verdict> onVerdict;
    private final History history = new History();
    private final Map<Ask, Fault> faults = new EnumMap<>(Ask.class);
    private final List<Request> held = new ArrayList<>();
    private final Map<String, Set<Ask>> denied = new HashMap<>();
    private boolean full;

    Network(World world, Consumer<Runnable> process, Consumer<History.Verdict> onVerdict) {
        this.world = world;
        this.process = process;
        this.onVerdict = onVerdict;
    }

    /** What is asked of the store, and for what. */
    enum Ask {
        ENTER,
        REMOVE,
        ASK,
        READ,
        PAST,
        MARK,
        RETIRE,
        TAKE_OVER,
        ANSWER,
        JOURNAL,
        BEAT,
        READ_BEAT,
        AUDIT,
        GRANT,
        RENEW,
        REVOKE;

        static Ask of(RequestId request) {
            return valueOf(request.purpose().name());
        }
    }

    /** What becomes of a request. */
    enum Fault {
        /** It never arrives. */
        LOST,
        /** It is applied, and nobody hears of it. */
        REPLY_LOST,
        /** It waits for the test. */
        HELD,
        /** It is refused for want of permission. */
        DENIED,
        /** It is refused for want of space. */
        REFUSED,
        /** Its lease is not there. */
        NO_LEASE
    }

    /** A transaction, and who waits for it. */
    final class Request {
        private final Ask ask;
        private final Txn txn;
        private final Duration timeout;
        private final Consumer<TxnResult> committed;
        private final Consumer<StoreException> failed;
        private final long known = history.known();

        private Request(
                Ask ask, Txn txn, Duration timeout, Consumer<TxnResult> committed, Consumer<StoreException> failed) {
            this.ask = ask;
            this.txn = txn;
            this.timeout = timeout;
            this.committed = committed;
            this.failed = failed;
        }

        /** It goes on its way as if nothing had been. */
        void send() {
            world.in(World.LATENCY, () -> {
                Runnable reply = answer();
                world.in(World.LATENCY, () -> process.accept(reply));
            });
        }

        /** It is applied, without a reply. */
        void apply() {
            world.store().commit(txn);
        }

        void fail(Kind kind) {
            fail(kind, Duration.ZERO);
        }

        /** What was once an answer arrives now. */
        void answer(TxnResult result) {
            process.accept(() -> judge(result));
        }

        Txn txn() {
            return txn;
        }

        private void fail(Kind kind, Duration after) {
            world.in(after, () -> process.accept(() -> failed.accept(new StoreException(kind, "no answer", null))));
        }

        private Runnable answer() {
            try {
                TxnResult result = world.store().commit(txn);
                return () -> judge(result);
            } catch (StoreException refused) {
                return () -> failed.accept(refused);
            }
        }

        private void judge(TxnResult result) {
            History.Verdict verdict = history.answered(known, txn, result);
            if (verdict == History.Verdict.SAME) {
                committed.accept(result);
            } else {
                onVerdict.accept(verdict);
                failed.accept(new StoreException(Kind.UNAVAILABLE, "another history", null));
            }
        }

        private void disturb(Fault fault) {
            switch (fault) {
                case LOST -> fail(Kind.UNAVAILABLE, timeout);
                case REPLY_LOST -> {
                    world.in(World.LATENCY, this::apply);
                    fail(Kind.UNAVAILABLE, timeout);
                }
                case HELD -> held.add(this);
                case DENIED -> fail(Kind.DENIED, ROUND_TRIP);
                case REFUSED -> fail(Kind.REFUSED, ROUND_TRIP);
                case NO_LEASE -> fail(Kind.LEASE_NOT_FOUND, ROUND_TRIP);
            }
        }
    }

    void fault(Fault fault, Ask... asks) {
        for (Ask ask : asks) {
            faults.put(ask, fault);
        }
    }

    /** Refuses whatever touches a key. */
    void deny(String key) {
        denied.put(key, EnumSet.allOf(Ask.class));
    }

    /** Refuses one kind of request where it touches a key. */
    void deny(String key, Ask ask) {
        denied.put(key, EnumSet.of(ask));
    }

    /** The store has no space. */
    void refusePuts() {
        full = true;
    }

    void heal() {
        full = false;
        faults.clear();
        denied.clear();
    }

    boolean disturbed(Ask ask) {
        return faults.containsKey(ask);
    }

    void watched(long revision) {
        history.watched(revision);
    }

    /** The last request of a kind that is held. */
    Request held(Ask ask) {
        List<Request> matching = held.stream().filter(each -> each.ask == ask).toList();
        return matching.get(matching.size() - 1);
    }

    boolean holds(Ask ask) {
        return held.stream().anyMatch(each -> each.ask == ask);
    }

    void commit(Ask ask, Txn txn, long timeoutNanos, Consumer<TxnResult> committed, Consumer<StoreException> failed) {
        Request request = new Request(ask, txn, Duration.ofNanos(timeoutNanos), committed, failed);
        Fault fault = faults.get(ask);
        if (denied.entrySet().stream()
                .anyMatch(
                        each -> each.getValue().contains(ask) && txn.toString().contains(each.getKey()))) {
            request.fail(Kind.DENIED, ROUND_TRIP);
        } else if (full && puts(txn)) {
            request.fail(Kind.REFUSED, ROUND_TRIP);
        } else if (fault == null) {
            request.send();
        } else {
            request.disturb(fault);
        }
    }

    private static boolean puts(Txn txn) {
        return txn.then().stream().anyMatch(each -> each instanceof Txn.Put || each instanceof Txn.Swap);
    }

    /** A call that is no transaction; what is not lost succeeds, unless the store throws. */
    <T> void call(
            Ask ask,
            Function<ModelStore, T> work,
            Consumer<T> done,
            Consumer<StoreException> failed,
            Duration timeout) {
        if (faults.containsKey(ask)) {
            world.in(
                    timeout,
                    () -> process.accept(() -> failed.accept(new StoreException(Kind.UNAVAILABLE, "no answer", null))));
            return;
        }
        world.in(World.LATENCY, () -> {
            Runnable reply;
            try {
                T result = work.apply(world.store());
                reply = () -> done.accept(result);
            } catch (StoreException refused) {
                reply = () -> failed.accept(refused);
            }
            Runnable answer = reply;
            world.in(World.LATENCY, () -> process.accept(answer));
        });
    }
}
