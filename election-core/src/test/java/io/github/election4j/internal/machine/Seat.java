package io.github.election4j.internal.machine;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.LeaderState;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The part of one member in one election, wired to its session as the runtime does it. */
final class Seat {
    private final World world;
    private final Peer peer;
    private final String id;
    private final MachineSettings settings;
    private final String name;
    private final GuardedMachine machine;
    private final Inputs<Input> inputs = new Inputs<>(this::take);
    private final List<Effect> effects = new ArrayList<>();
    private final List<Long> returning = new ArrayList<>();
    private long alarm;
    private long lastCommand;
    private Effect.@Nullable OpenWatch watch;
    private boolean watchCreated;
    private long nextRevision;
    private boolean listenersHang;
    private Effect.@Nullable BeginTerm term;
    private long validUntil;

    Seat(World world, Peer peer, String id, MachineSettings settings, ElectionMemory memory) {
        this.world = world;
        this.peer = peer;
        this.id = id;
        this.settings = settings;
        this.name = key().equals(World.KEY) ? peer.id() : peer.id() + key();
        this.machine = new GuardedMachine(settings, memory);
    }

    static MachineSettings settings(String election, String id, int group, Timing timing, boolean evicted) {
        return new MachineSettings(
                new ElectionKeys(election),
                id,
                "http://" + id,
                group,
                Scenario.STEP_DOWN.toNanos(),
                Scenario.REQUEST.toNanos(),
                timing,
                evicted,
                HandOverTo.NEXT);
    }

    /** Names it, and no other of this process, in the same election before or after it. */
    String id() {
        return id;
    }

    String key() {
        return settings.keys().election();
    }

    void handle(Input input) {
        inputs.take(input);
    }

    long command(Input.Command.Type type) {
        handle(new Input.Command(type, ++lastCommand));
        return lastCommand;
    }

    long transferTo(String target) {
        handle(new Input.Command(Input.Command.Type.TRANSFER, ++lastCommand, target));
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

    MachineSnapshot snapshot() {
        return machine.snapshot();
    }

    OptionalLong nextAlarm() {
        return machine.nextAlarm();
    }

    @Nullable
    AuditQuestion auditQuestion() {
        return machine.auditQuestion();
    }

    List<Effect> effects() {
        return effects;
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** As the user asks: the term and the clock (P9). */
    boolean isLeader() {
        return term != null && !peer.crashed() && validUntil - world.now() > 0;
    }

    long token() {
        return Objects.requireNonNull(term).leader().fencingToken();
    }

    long validUntil() {
        return validUntil;
    }

    void endWatch(Kind kind) {
        long generation = Objects.requireNonNull(watch).generation();
        watch = null;
        handle(new Input.WatchEnded(generation, new StoreException(kind, "the watch ended", null)));
    }

    /** The connections were replaced. */
    void moveWatch() {
        Effect.OpenWatch open = watch;
        if (open != null) {
            handle(new Input.WatchMoved(open.generation()));
            create(open);
        }
    }

    void listenersHang() {
        listenersHang = true;
    }

    void listenersReturn() {
        listenersHang = false;
        List<Long> tokens = List.copyOf(returning);
        returning.clear();
        tokens.forEach(token -> handle(new Input.ListenersReturned(token)));
    }

    void drain() {
        Effect.OpenWatch open = watch;
        if (open == null || !watchCreated) {
            return;
        }
        List<WatchEvent> events = world.store().since(open.keys(), nextRevision);
        if (!events.isEmpty()) {
            long last = events.get(events.size() - 1).revision();
            nextRevision = last + 1;
            peer.network().watched(last);
            handle(new Input.WatchDelivered(open.generation(), events));
        }
    }

    private void take(Input input) {
        world.write(name + " < " + Transcript.of(input));
        List<Effect> wanted = machine.step(input, new Moment(world.now(), world.wallMillis(), world.random()));
        effects.addAll(wanted);
        wanted.forEach(effect -> world.write(name + "   > " + Transcript.of(effect)));
        wanted.forEach(this::perform);
        long current = ++alarm;
        OptionalLong next = machine.nextAlarm();
        if (next.isPresent()) {
            world.at(next.getAsLong(), () -> peer.run(() -> wake(current)));
        }
        world.check();
    }

    private void wake(long current) {
        if (current == alarm) {
            handle(new Input.Alarm());
        }
    }

    private void create(Effect.OpenWatch open) {
        watchCreated = false;
        world.in(
                World.LATENCY.multipliedBy(2),
                () -> peer.run(() -> {
                    if (Objects.equals(watch, open) && !peer.silent()) {
                        watchCreated = true;
                        handle(new Input.WatchCreated(open.generation()));
                        drain();
                    }
                }));
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Commit commit) {
            peer.network()
                    .commit(
                            Ask.of(commit.request()),
                            commit.txn(),
                            commit.timeoutNanos(),
                            result -> handle(new Input.Committed(commit.request(), result)),
                            cause -> handle(new Input.Failed(commit.request(), cause)));
        } else if (effect instanceof Effect.OpenWatch open) {
            watch = open;
            peer.watchOpened();
            nextRevision = open.fromRevision();
            create(open);
        } else if (effect instanceof Effect.CloseWatch) {
            watch = null;
        } else if (effect instanceof Effect.Announce announce && announce.state() == LeaderState.RETIRE_FROM_LEADER) {
            returning.add(Objects.requireNonNull(announce.token()));
            if (!listenersHang) {
                world.in(World.LATENCY, () -> peer.run(this::listenersReturn));
            }
        } else {
            performOfTermOrSession(effect);
        }
    }

    private void performOfTermOrSession(Effect effect) {
        if (effect instanceof Effect.BeginTerm begin) {
            term = begin;
            validUntil = begin.validUntilNanos();
            world.began(key(), begin.leader().fencingToken());
        } else if (effect instanceof Effect.ExtendTerm extend) {
            validUntil = extend.validUntilNanos();
        } else if (effect instanceof Effect.EndTerm) {
            term = null;
        } else if (effect instanceof Effect.Cover cover) {
            peer.handle(new SessionInput.Cover(id, settings.group(), cover.key(), cover.createRevision()));
        } else if (effect instanceof Effect.Uncover uncover) {
            peer.handle(new SessionInput.Uncover(id, settings.group(), uncover.createRevision()));
        } else if (effect instanceof Effect.BeatNow) {
            peer.handle(new SessionInput.BeatNow(settings.group()));
        } else if (effect instanceof Effect.Follow follow) {
            peer.handle(new SessionInput.Follow(id, follow.beat()));
        } else if (effect instanceof Effect.BeatSeen seen) {
            peer.handle(new SessionInput.BeatSeen(seen.beat(), seen.revision()));
        } else if (effect instanceof Effect.GiveUpSession up) {
            peer.handle(new SessionInput.GiveUp(up.leaseId(), up.reason()));
        } else if (effect instanceof Effect.LeaseGone gone) {
            peer.handle(new SessionInput.LeaseGone(gone.leaseId()));
        } else if (effect instanceof Effect.Ended) {
            peer.ended(this);
        }
    }
}
