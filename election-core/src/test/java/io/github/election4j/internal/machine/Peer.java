package io.github.election4j.internal.machine;

import io.github.election4j.ElectionState;
import io.github.election4j.LeaderState;
import io.github.election4j.internal.machine.Tag.Purpose;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One member in a {@link World}: a machine, and a network that can be disturbed. */
final class Peer {
    private final World world;
    private final String id;
    private final Timing timing;
    private final ElectionMachine machine;
    private final Network network;
    private final List<Effect> effects = new ArrayList<>();
    private final List<Input> missed = new ArrayList<>();
    private final List<Long> returning = new ArrayList<>();
    private long lease;
    private long session;
    private long alarm;
    private long lastCommand;
    private Effect.@Nullable OpenWatch watch;
    private long nextRevision;
    private boolean silent;
    private boolean frozen;
    private boolean crashed;
    private boolean listenersHang;
    private Effect.@Nullable BeginTerm term;
    private long validUntil;

    Peer(World world, String id, Duration leaseDuration, boolean evicted) {
        this.world = world;
        this.id = id;
        this.timing = Timing.of(leaseDuration);
        this.network = new Network(world, this::step);
        this.machine = new ElectionMachine(new MachineSettings(
                World.KEY,
                id,
                "http://" + id,
                Duration.ofSeconds(5).toNanos(),
                Duration.ofSeconds(2).toNanos(),
                timing,
                evicted));
    }

    /** Begins, with a lease. */
    Peer start() {
        step(new Input.Alarm());
        sessionUp();
        return this;
    }

    void sessionUp() {
        lease = world.nextLease();
        world.store().grant(lease);
        step(new Input.SessionUp(lease, timing));
        tickLater(++session);
    }

    void sessionDown() {
        session++;
        step(new Input.SessionDown());
    }

    void step(Input input) {
        if (crashed) {
            return;
        }
        if (frozen) {
            missed.add(input);
            return;
        }
        world.write(id + " < " + Transcript.of(input));
        List<Effect> wanted = machine.step(input, world.now(), world.random());
        effects.addAll(wanted);
        wanted.forEach(effect -> world.write(id + "   > " + Transcript.of(effect)));
        wanted.forEach(this::perform);
        long current = ++alarm;
        OptionalLong next = machine.nextAlarm();
        if (next.isPresent()) {
            world.at(next.getAsLong(), () -> wake(current));
        }
        world.check();
    }

    long command(Input.Command.Type type) {
        step(new Input.Command(type, ++lastCommand));
        return lastCommand;
    }

    /** What a command came to. */
    String outcome(long command) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Complete complete && complete.command() == command) {
                return complete.outcome().name();
            } else if (effect instanceof Effect.FailCommand failed && failed.command() == command) {
                return "failed: " + failed.kind();
            }
        }
        return "pending";
    }

    String id() {
        return id;
    }

    String key() {
        return World.PREFIX + Long.toHexString(lease);
    }

    long lease() {
        return lease;
    }

    @Nullable
    KeyValue found() {
        return world.store().get(key());
    }

    CandidateState stateInStore() {
        return CandidateValue.parse(Objects.requireNonNull(found()).value()).state();
    }

    ElectionState state() {
        return machine.snapshot().state();
    }

    ElectionMachine machine() {
        return machine;
    }

    List<Effect> effects() {
        return effects;
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The requests so far, by purpose. */
    List<Purpose> requests() {
        return effects(Effect.Commit.class).stream()
                .map(commit -> commit.tag().purpose())
                .toList();
    }

    long requests(Purpose purpose) {
        return requests().stream().filter(each -> each == purpose).count();
    }

    /** As the user asks: the term and the clock (P9). */
    boolean isLeader() {
        return term != null && !crashed && validUntil - world.now() > 0;
    }

    long token() {
        return Objects.requireNonNull(term).leader().fencingToken();
    }

    long validUntil() {
        return validUntil;
    }

    Network network() {
        return network;
    }

    /** Nothing gets through, either way. */
    void cut() {
        network.fault(Network.Fault.LOST, Purpose.values());
        silence();
    }

    void heal() {
        network.heal();
        silent = false;
        drain();
    }

    /** The watch that is open delivers nothing any more, and does not end. */
    void silence() {
        silent = true;
    }

    void endWatch(Kind kind) {
        long generation = Objects.requireNonNull(watch).generation();
        watch = null;
        step(new Input.WatchEnded(generation, new StoreException(kind, "the watch ended", null)));
    }

    void crash() {
        crashed = true;
    }

    /** The process is paused: what comes meanwhile it finds when it goes on. */
    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
        List<Input> found = List.copyOf(missed);
        missed.clear();
        found.forEach(this::step);
    }

    void listenersHang() {
        listenersHang = true;
    }

    void listenersReturn() {
        listenersHang = false;
        List<Long> tokens = List.copyOf(returning);
        returning.clear();
        tokens.forEach(token -> step(new Input.ListenersReturned(token)));
    }

    void drain() {
        Effect.OpenWatch open = watch;
        if (open == null || silent) {
            return;
        }
        List<WatchEvent> events = world.store().since(open.prefix(), nextRevision);
        if (!events.isEmpty()) {
            nextRevision = events.get(events.size() - 1).revision() + 1;
            step(new Input.WatchDelivered(open.generation(), events));
        }
    }

    private void wake(long current) {
        if (current == alarm) {
            step(new Input.Alarm());
        }
    }

    private void tickLater(long current) {
        world.in(Duration.ofNanos(timing.periodNanos()), () -> {
            if (current == session) {
                step(new Input.Tick());
                tickLater(current);
            }
        });
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Commit commit) {
            network.commit(commit);
        } else if (effect instanceof Effect.OpenWatch open) {
            watch = open;
            silent = silent && network.disturbed(Purpose.READ_QUEUE);
            nextRevision = open.fromRevision();
            world.in(World.LATENCY, this::drain);
        } else if (effect instanceof Effect.CloseWatch) {
            watch = null;
        } else if (effect instanceof Effect.BeginTerm begin) {
            term = begin;
            validUntil = begin.validUntilNanos();
        } else if (effect instanceof Effect.ExtendTerm extend) {
            validUntil = extend.validUntilNanos();
        } else if (effect instanceof Effect.EndTerm) {
            term = null;
        } else if (effect instanceof Effect.Announce announce && announce.state() == LeaderState.RETIRE_FROM_LEADER) {
            long token = Objects.requireNonNull(announce.token());
            returning.add(token);
            if (!listenersHang) {
                world.in(World.LATENCY, this::listenersReturn);
            }
        }
    }
}
