package io.github.election4j.internal.machine;

import io.github.election4j.ElectionState;
import io.github.election4j.internal.machine.Network.Ask;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One process in a {@link World}: a session, its part in one election or several, and a network that can be disturbed.
 * What is asked of it without the name of an election is asked of the first.
 */
final class Peer extends Pausable {
    private final World world;
    private final String id;
    private final Timing timing;
    private final boolean evicted;
    private final SessionMachine session;
    private final Inputs<SessionInput> inputs = new Inputs<>(this::take);
    private final Network network;
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Map<String, ElectionMemory> memories = new HashMap<>();
    private final SessionWiring wiring;
    private final List<SessionEffect> effects = new ArrayList<>();
    private Seat seat;
    private Input.@Nullable SessionUp up;
    private long lease;
    private long alarm;
    private int joined;
    private boolean started;
    private boolean silent;

    Peer(World world, String id, Timing timing, boolean evicted) {
        this.world = world;
        this.id = id;
        this.timing = timing;
        this.evicted = evicted;
        this.network = new Network(world, this::run, this::judged);
        this.session = new SessionMachine(timing);
        this.wiring = new SessionWiring(world, this, timing);
        this.seat = seat(World.KEY, 0);
        seats.put(seat.id(), seat);
    }

    private Seat seat(String election, int group) {
        return new Seat(
                world,
                this,
                election + "#" + ++joined,
                Seat.settings(election, id, group, timing, evicted),
                memories.computeIfAbsent(election, fresh -> new ElectionMemory()));
    }

    Peer start() {
        started = true;
        List.copyOf(seats.values()).forEach(this::begin);
        handle(new SessionInput.Start());
        return this;
    }

    /** Takes part in another election too. */
    Seat join(String election) {
        return join(election, 0);
    }

    Seat join(String election, int group) {
        Seat another = seat(election, group);
        seats.put(another.id(), another);
        if (started) {
            begin(another);
        }
        return another;
    }

    /** Takes part again in the election that was closed, under the same lease. */
    void rejoin() {
        seat = join(World.KEY);
    }

    private void begin(Seat joined) {
        Input.SessionUp present = up;
        joined.handle(present == null ? new Input.Alarm() : present);
    }

    void ended(Seat closed) {
        seats.remove(closed.id());
    }

    List<Seat> seats() {
        return List.copyOf(seats.values());
    }

    void handle(SessionInput input) {
        inputs.take(input);
    }

    void handle(Input input) {
        seat.handle(input);
    }

    /** The store ends the lease, and the session finds out. */
    void loseSession() {
        world.store().revoke(lease);
        handle(new SessionInput.LeaseGone(lease));
    }

    long command(Input.Command.Type type) {
        return seat.command(type);
    }

    long transferTo(String target) {
        return seat.transferTo(target);
    }

    String outcome(long command) {
        return seat.outcome(command);
    }

    String id() {
        return id;
    }

    /** Where its key is under its present lease. */
    String key() {
        return new ElectionKeys(World.KEY).place(lease);
    }

    String beat() {
        return ElectionKeys.beat(Long.toHexString(lease), 0);
    }

    long lease() {
        return lease;
    }

    @Nullable
    KeyValue found() {
        return world.store().get(key());
    }

    long place() {
        return Objects.requireNonNull(found()).createRevision();
    }

    Seat seat() {
        return seat;
    }

    ElectionState state() {
        return snapshot().state();
    }

    MachineSnapshot snapshot() {
        return seat.snapshot();
    }

    List<Effect> effects() {
        return seat.effects();
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return seat.effects(type);
    }

    <T extends SessionEffect> List<T> sessionEffects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<SessionEffect.Beat> beats() {
        return sessionEffects(SessionEffect.Beat.class);
    }

    /** The requests of the election so far. */
    List<Ask> requests() {
        return effects(Effect.Commit.class).stream()
                .map(commit -> Ask.of(commit.request()))
                .toList();
    }

    long requests(Ask ask) {
        return requests().stream().filter(each -> each == ask).count();
    }

    boolean isLeader() {
        return seat.isLeader();
    }

    long token() {
        return seat.token();
    }

    long validUntil() {
        return seat.validUntil();
    }

    Network network() {
        return network;
    }

    /** Nothing gets through, either way. */
    void cut() {
        network.fault(Network.Fault.LOST, Ask.values());
        silence();
    }

    void heal() {
        network.heal();
        silent = false;
        drain();
    }

    /** The watches that are open deliver nothing any more, and do not end. */
    void silence() {
        silent = true;
    }

    boolean silent() {
        return silent;
    }

    /** A watch that is opened anew speaks, unless nothing gets through. */
    void watchOpened() {
        silent = silent && network.disturbed(Ask.READ);
    }

    void endWatch(Kind kind) {
        seat.endWatch(kind);
    }

    void listenersHang() {
        seat.listenersHang();
    }

    void listenersReturn() {
        seat.listenersReturn();
    }

    void drain() {
        run(() -> {
            if (!silent) {
                seats().forEach(Seat::drain);
                wiring.drain();
            }
        });
    }

    private void judged(History.Verdict verdict) {
        handle(verdict == History.Verdict.LOST ? new SessionInput.HistoryLost() : new SessionInput.Probe());
    }

    private void take(SessionInput input) {
        world.write("(" + id + ") < " + SessionTranscript.of(input));
        List<SessionEffect> wanted = session.step(input, world.now(), world.random(), world.nextEntropy());
        effects.addAll(wanted);
        wanted.forEach(effect -> world.write("(" + id + ")   > " + SessionTranscript.of(effect)));
        wanted.forEach(this::perform);
        long current = ++alarm;
        OptionalLong next = session.nextAlarm();
        if (next.isPresent()) {
            world.at(next.getAsLong(), () -> run(() -> wake(current)));
        }
    }

    private void wake(long current) {
        if (current == alarm) {
            handle(new SessionInput.Alarm());
        }
    }

    private void perform(SessionEffect effect) {
        if (effect instanceof SessionEffect.TellElections tell) {
            if (tell.input() instanceof Input.SessionUp present) {
                up = present;
                lease = present.leaseId();
            } else if (tell.input() instanceof Input.SessionDown) {
                up = null;
            }
            seats().forEach(each -> each.handle(tell.input()));
        } else if (effect instanceof SessionEffect.TellElection tell) {
            Seat told = seats.get(tell.election());
            if (told != null) {
                told.handle(tell.input());
            }
        } else {
            wiring.perform(effect);
        }
    }
}
