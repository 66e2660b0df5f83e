package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.Tag.Purpose;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is between a member and the store: requests can be lost, held, or refused. */
final class Network {
    private static final Duration ROUND_TRIP = World.LATENCY.multipliedBy(2);

    private final World world;
    private final Consumer<Input> replies;
    private final Map<Purpose, Fault> faults = new EnumMap<>(Purpose.class);
    private final List<Request> held = new ArrayList<>();
    private String deniedKey = "";

    Network(World world, Consumer<Input> replies) {
        this.world = world;
        this.replies = replies;
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

    /** A request that the test holds. */
    final class Request {
        private final Effect.Commit commit;

        private Request(Effect.Commit commit) {
            this.commit = commit;
        }

        /** It goes on its way as if nothing had been. */
        void send() {
            Network.this.send(commit);
        }

        /** It is applied, without a reply. */
        void apply() {
            world.store().commit(commit.txn());
        }

        void fail(Kind kind) {
            Network.this.fail(commit, kind, Duration.ZERO);
        }
    }

    void fault(Fault fault, Purpose... purposes) {
        for (Purpose purpose : purposes) {
            faults.put(purpose, fault);
        }
    }

    /** Refuses whatever touches a key. */
    void deny(String key) {
        deniedKey = key;
    }

    void heal() {
        faults.clear();
        deniedKey = "";
    }

    boolean disturbed(Purpose purpose) {
        return faults.containsKey(purpose);
    }

    /** The last request of a kind that is held. */
    Request held(Purpose purpose) {
        List<Request> matching = held.stream()
                .filter(each -> each.commit.tag().purpose() == purpose)
                .toList();
        return matching.get(matching.size() - 1);
    }

    boolean holds(Purpose purpose) {
        return held.stream().anyMatch(each -> each.commit.tag().purpose() == purpose);
    }

    void commit(Effect.Commit commit) {
        Fault fault = faults.get(commit.tag().purpose());
        if (!deniedKey.isEmpty() && commit.txn().toString().contains(deniedKey)) {
            fail(commit, Kind.DENIED, ROUND_TRIP);
        } else if (fault == null) {
            send(commit);
        } else {
            disturb(commit, fault);
        }
    }

    private void disturb(Effect.Commit commit, Fault fault) {
        Duration timeout = Duration.ofNanos(commit.timeoutNanos());
        switch (fault) {
            case LOST -> fail(commit, Kind.UNAVAILABLE, timeout);
            case REPLY_LOST -> {
                world.in(World.LATENCY, () -> world.store().commit(commit.txn()));
                fail(commit, Kind.UNAVAILABLE, timeout);
            }
            case HELD -> held.add(new Request(commit));
            case DENIED -> fail(commit, Kind.DENIED, ROUND_TRIP);
            case REFUSED -> fail(commit, Kind.REFUSED, ROUND_TRIP);
            case NO_LEASE -> fail(commit, Kind.LEASE_NOT_FOUND, ROUND_TRIP);
        }
    }

    private void send(Effect.Commit commit) {
        world.in(World.LATENCY, () -> {
            Input reply = apply(commit);
            world.in(World.LATENCY, () -> replies.accept(reply));
        });
    }

    private Input apply(Effect.Commit commit) {
        try {
            return new Input.Committed(commit.tag(), world.store().commit(commit.txn()));
        } catch (StoreException refused) {
            return new Input.Failed(commit.tag(), refused);
        }
    }

    private void fail(Effect.Commit commit, Kind kind, Duration after) {
        world.in(
                after,
                () -> replies.accept(new Input.Failed(commit.tag(), new StoreException(kind, "no answer", null))));
    }
}
