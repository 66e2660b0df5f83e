package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.spi.ElectionStore;
import io.github.election4j.spi.KeyRange;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Performs what the session of a {@link Peer} wants, as the runtime does it. */
final class SessionWiring {
    /** In so many ticks every election is audited once. */
    private static final int TURNS = 3;

    private final World world;
    private final Peer peer;
    private final Timing timing;
    /** By the key of a beat, the first revision that its watch has not told. */
    private final Map<String, Long> beatWatches = new HashMap<>();

    private int turn;

    SessionWiring(World world, Peer peer, Timing timing) {
        this.world = world;
        this.peer = peer;
        this.timing = timing;
    }

    private record Asked(Seat seat, AuditQuestion question) {}

    void perform(SessionEffect effect) {
        if (effect instanceof SessionEffect.Grant grant) {
            grant(grant.generation());
        } else if (effect instanceof SessionEffect.Renew renew) {
            renew(renew);
        } else if (effect instanceof SessionEffect.Revoke revoke) {
            revoke(revoke.leaseId());
        } else if (effect instanceof SessionEffect.Beat beat) {
            peer.network()
                    .commit(
                            Ask.BEAT,
                            beat.txn(),
                            beat.timeoutNanos(),
                            result -> peer.handle(new SessionInput.BeatCommitted(beat.group(), beat.number(), result)),
                            cause -> peer.handle(new SessionInput.BeatFailed(beat.group(), beat.number(), cause)));
        } else if (effect instanceof SessionEffect.ReadBeat read) {
            peer.network()
                    .commit(
                            Ask.READ_BEAT,
                            read.txn(),
                            Scenario.REQUEST.toNanos(),
                            result -> peer.handle(new SessionInput.BeatRead(read.beat(), read.number(), result)),
                            cause -> peer.handle(new SessionInput.BeatReadFailed(read.beat(), read.number(), cause)));
        } else if (effect instanceof SessionEffect.WatchBeat watch) {
            beatWatches.put(watch.beat(), watch.fromRevision());
            world.in(World.LATENCY.multipliedBy(2), peer::drain);
        } else if (effect instanceof SessionEffect.CloseBeatWatch close) {
            beatWatches.remove(close.beat());
        } else if (effect instanceof SessionEffect.Audit) {
            audit();
        }
    }

    void drain() {
        List.copyOf(beatWatches.keySet()).forEach(this::drain);
    }

    private void drain(String beat) {
        long next = Objects.requireNonNull(beatWatches.get(beat));
        List<WatchEvent> events = world.store().since(new KeyRange(beat, beat + '\0'), next);
        if (!events.isEmpty()) {
            beatWatches.put(beat, events.get(events.size() - 1).revision() + 1);
            peer.handle(new SessionInput.BeatWatched(beat, events));
        }
    }

    private void grant(long generation) {
        peer.network()
                .call(
                        Ask.GRANT,
                        store -> {
                            long lease = world.nextLease();
                            store.grant(lease);
                            return new ElectionStore.Lease(lease, Duration.ofNanos(timing.leaseNanos()));
                        },
                        lease -> peer.handle(new SessionInput.Granted(generation, lease)),
                        cause -> peer.handle(new SessionInput.Failed(generation, cause)),
                        Scenario.REQUEST);
    }

    private void renew(SessionEffect.Renew renew) {
        peer.network()
                .call(
                        Ask.RENEW,
                        store -> {
                            if (!store.holds(renew.leaseId())) {
                                throw new StoreException(Kind.LEASE_NOT_FOUND, "no lease", null);
                            }
                            return renew.leaseId();
                        },
                        lease -> peer.handle(new SessionInput.Renewed(renew.generation())),
                        cause -> peer.handle(new SessionInput.Failed(renew.generation(), cause)),
                        Duration.ofNanos(renew.timeoutNanos()));
    }

    private void revoke(long lease) {
        peer.network()
                .call(
                        Ask.REVOKE,
                        store -> {
                            store.revoke(lease);
                            return lease;
                        },
                        done -> peer.handle(new SessionInput.Revoked()),
                        cause -> peer.handle(new SessionInput.Revoked()),
                        Scenario.REQUEST);
    }

    private void audit() {
        turn = (turn + 1) % TURNS;
        List<Asked> asked = new ArrayList<>();
        List<Txn.Op> reads = new ArrayList<>();
        List<Seat> seats = peer.seats();
        for (int i = turn; i < seats.size(); i += TURNS) {
            AuditQuestion question = seats.get(i).auditQuestion();
            if (question != null) {
                asked.add(new Asked(seats.get(i), question));
                reads.addAll(question.reads());
            }
        }
        if (!asked.isEmpty()) {
            peer.network()
                    .commit(
                            Ask.AUDIT,
                            new Txn(List.of(), reads, List.of()),
                            Scenario.REQUEST.toNanos(),
                            result -> compared(asked, result),
                            cause -> {});
        }
    }

    private static void compared(List<Asked> asked, TxnResult result) {
        int from = 0;
        for (Asked each : asked) {
            boolean agrees = each.question().agrees(result, from);
            from += each.question().reads().size();
            each.seat().handle(new Input.Audited(each.question(), agrees));
        }
    }
}
