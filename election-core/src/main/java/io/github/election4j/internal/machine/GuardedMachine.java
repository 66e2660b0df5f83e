package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionException;
import io.github.election4j.LeaderState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An election machine that does not wedge its election: if it throws, which only a defect makes it do, its term is
 * ended, its key is given up, and another machine begins where a new member would, once the listeners have returned.
 * What it must not forget is in the {@link ElectionMemory}.
 */
public final class GuardedMachine {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MachineSettings settings;
    private final ElectionMemory memory;
    private final Set<Long> pending = new LinkedHashSet<>();
    private ElectionMachine machine;
    private Input.@Nullable SessionUp session;
    private boolean evicted;
    private boolean closing;
    private boolean resting;
    private long resumesAt;
    private long restingTerm;
    private long covered;
    /** What was asked for while nobody could do it. */
    private final List<Input.Command> meanwhile = new ArrayList<>();
    /** The numbers of each machine's requests begin after those of the one before it. */
    private long numbersFrom;

    private long lastNumber;

    /**
     * Creates a machine that has done nothing yet.
     *
     * @param settings its settings
     * @param memory what the session remembers of the election
     */
    public GuardedMachine(MachineSettings settings, ElectionMemory memory) {
        this.settings = settings;
        this.memory = memory;
        this.evicted = settings.evicted();
        this.machine = new ElectionMachine(settings, memory);
    }

    /**
     * Takes one input.
     *
     * @param input the input
     * @param moment when
     * @return what is to be done, in order
     */
    public List<Effect> step(Input input, Moment moment) {
        note(input);
        if (resting && !resumes(input, moment.now())) {
            return List.of();
        }
        try {
            List<Effect> effects = resting ? resume(moment) : stepped(input, moment);
            effects.forEach(this::answered);
            return effects;
        } catch (RuntimeException | Error defect) {
            return restart(defect, moment.now());
        }
    }

    /** {@return the moment at which the machine wants an {@link Input.Alarm}, empty for never} */
    public OptionalLong nextAlarm() {
        return resting ? OptionalLong.of(resumesAt) : machine.nextAlarm();
    }

    /** {@return P6: what is seen, to be compared with the store; null where nothing is followed} */
    public @Nullable AuditQuestion auditQuestion() {
        return resting ? null : machine.auditQuestion();
    }

    /** {@return what the machine shows of itself} */
    public MachineSnapshot snapshot() {
        return machine.snapshot();
    }

    private void note(Input input) {
        if (input instanceof Input.SessionUp up) {
            session = up;
        } else if (input instanceof Input.SessionDown) {
            session = null;
        } else if (input instanceof Input.Command command) {
            pending.add(command.command());
            if (resting) {
                meanwhile.add(command);
            }
            evicted = switch (command.type()) {
                case EVICT -> true;
                case CANCEL_EVICT -> false;
                case RESIGN, TRANSFER, CLOSE -> evicted;
            };
            closing |= command.type() == Input.Command.Type.CLOSE;
        }
    }

    private void answered(Effect effect) {
        if (effect instanceof Effect.Cover cover) {
            covered = cover.createRevision();
        } else if (effect instanceof Effect.Complete complete) {
            pending.remove(complete.command());
        } else if (effect instanceof Effect.FailCommand failed) {
            pending.remove(failed.command());
        }
    }

    private List<Effect> restart(Throwable defect, long now) {
        Candidate term = machine.snapshot().term();
        Candidate announced = machine.snapshot().leader();
        List<Effect> effects =
                new ArrayList<>(List.of(new Effect.Defect(defect), new Effect.Follow(null), new Effect.CloseWatch()));
        if (covered != 0) {
            effects.add(new Effect.Uncover(covered));
            covered = 0;
        }
        if (term != null) {
            effects.add(new Effect.EndTerm(ChangeReason.DEFECT));
            effects.add(new Effect.Announce(
                    announced, null, LeaderState.RETIRE_FROM_LEADER, term.fencingToken(), ChangeReason.DEFECT));
            memory.owe(term.fencingToken());
        }
        pending.forEach(each -> effects.add(new Effect.FailCommand(
                each,
                ElectionException.Kind.STORE,
                "a defect in Election4J, which the log shows; this member starts over")));
        pending.clear();
        machine = new ElectionMachine(settings.withEvicted(evicted), memory);
        numbersFrom = lastNumber;
        resting = true;
        restingTerm = term == null ? 0 : term.fencingToken();
        resumesAt = now + (term == null ? PAUSE.toNanos() : Math.max(PAUSE.toNanos(), settings.stepDownNanos()));
        return effects;
    }

    /** Not before the listeners have returned, or have had their time; and not at once, or it might throw all day. */
    private boolean resumes(Input input, long now) {
        if (input instanceof Input.ListenersReturned returned && returned.token() == restingTerm) {
            resumesAt = now + PAUSE.toNanos();
        }
        return Timing.reached(resumesAt, now);
    }

    private List<Effect> resume(Moment moment) {
        resting = false;
        Input.SessionUp up = session;
        List<Effect> effects = new ArrayList<>(stepped(up == null ? new Input.Alarm() : up, moment));
        List<Input.Command> asked = List.copyOf(meanwhile);
        meanwhile.clear();
        asked.forEach(each -> effects.addAll(stepped(each, moment)));
        if (closing) {
            effects.addAll(stepped(new Input.Command(Input.Command.Type.CLOSE, 0), moment));
        }
        return effects;
    }

    /** An answer to what a former machine has asked for is none to this one. */
    private List<Effect> stepped(Input input, Moment moment) {
        Input own = input;
        if (input instanceof Input.OfRequests reply) {
            RequestId request = reply.request();
            if (request.number() <= numbersFrom) {
                return List.of();
            }
            own = reply.as(new RequestId(request.purpose(), request.number() - numbersFrom));
        }
        List<Effect> effects = new ArrayList<>();
        for (Effect each : machine.step(own, moment)) {
            effects.add(each instanceof Effect.Commit commit ? numbered(commit) : each);
        }
        return effects;
    }

    private Effect numbered(Effect.Commit commit) {
        long number = commit.request().number() + numbersFrom;
        lastNumber = Math.max(lastNumber, number);
        return new Effect.Commit(
                new RequestId(commit.request().purpose(), number), commit.txn(), commit.timeoutNanos());
    }
}
