package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.LeaderTerm;
import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.TermValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.Txn.Compare;
import io.github.election4j.spi.Txn.Op;
import io.github.election4j.spi.Txn.Put;
import io.github.election4j.spi.TxnResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the terms of this member beside the queue, where every member sees them: the beginning when it leads, the end
 * with its release, or afterwards where there is none. A term has a key of its own, which only its leader writes, so
 * that an entry costs each member that watches one small event. Of the protocol, only clearing rests on it (P10).
 */
final class TermJournal {
    /** So many terms are kept. */
    static final int KEPT = 50;

    private static final int MOST_DELETED = 20;
    private static final long NANOS_OF_MILLI = 1_000_000;
    private static final String LARGEST = Long.toString(Long.MAX_VALUE);

    private final MachineSettings settings;
    private final Membership self;
    private final View view;
    private final Retry write;
    private @Nullable TermValue last;
    private boolean due;

    TermJournal(MachineSettings settings, Membership self, View view) {
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.write = new Retry(settings.backOffCapNanos());
    }

    static LeaderTerm describe(KeyValue found) {
        TermValue value = TermValue.parse(found.value());
        boolean over = value.isOver();
        return new LeaderTerm(
                value.id(),
                value.address(),
                token(found.key()),
                Instant.ofEpochMilli(value.fromMillis()),
                over ? Instant.ofEpochMilli(value.untilMillis()) : null,
                over ? value.reason() : null,
                value.by());
    }

    /** The key cannot say what the value of a stranger may; 0 where it is none of ours. */
    private static long token(String key) {
        String digits = key.substring(key.lastIndexOf('/') + 1);
        return digits.matches("\\d{19}") && digits.compareTo(LARGEST) <= 0 ? Long.parseLong(digits) : 0;
    }

    /**
     * P10 rests on this: only the leader of a term writes its entry, guarded by its place. One that is older than the
     * place, or says else, comes from a history that was lost.
     */
    static boolean tells(KeyValue entry, KeyValue place, ElectionKeys keys) {
        TermValue term = TermValue.parse(entry.value());
        return entry.key().equals(keys.term(place.createRevision()))
                && entry.modRevision() > place.createRevision()
                && term.token() == place.createRevision()
                && term.id().equals(CandidateValue.parse(place.value()).id());
    }

    void begins(Candidate me, Decisions step) {
        owe(new TermValue(me.id(), me.address(), me.fencingToken(), step.wallMillis(), 0, null, ""), step);
    }

    void ends(ChangeReason reason, long agoNanos, Decisions step) {
        TermValue begun = last;
        if (begun != null) {
            long until = step.wallMillis() - agoNanos / NANOS_OF_MILLI;
            owe(begun.ended(Math.max(begun.fromMillis(), until), reason, self.askedBy()), step);
        }
    }

    /** What the release of a term writes beside its word. */
    List<Op> endOf(Candidacy own) {
        TermValue over = last;
        return over != null && isOf(own, over) ? List.of(put(over)) : List.of();
    }

    /** It was written with the release. */
    void told(Candidacy own) {
        due &= last == null || !isOf(own, last);
    }

    /** The end of a term is told by its release, and here only once there can be none. */
    void advance(Decisions step) {
        TermValue owed = last;
        Candidacy own = self.candidacy();
        if (owed != null && due && write.ready(step.now())) {
            boolean over = owed.isOver();
            boolean stands = own != null && isOf(own, owed);
            if (over && !stands) {
                step.commit(Purpose.JOURNAL, write, end(owed), settings.requestNanos());
            } else if (own != null && stands && !over) {
                step.commit(Purpose.JOURNAL, write, beginning(owed, own), settings.requestNanos());
            }
        }
    }

    void onWritten(RequestId request, TxnResult result, Decisions step) {
        if (write.accepts(request.number())) {
            step.succeeded(Purpose.JOURNAL, write);
            if (result.succeeded()) {
                due = false;
            } else {
                write.failed(step.now(), step.random()); // The watch tells what has changed.
            }
        }
    }

    void onFailed(RequestId request, StoreException cause, Decisions step) {
        if (write.accepts(request.number())) {
            step.failed(Purpose.JOURNAL, write, cause);
        }
    }

    void forget(Decisions step) {
        step.dropped(Purpose.JOURNAL, write);
        last = null;
        due = false;
    }

    void wakeAt(Wakeup wakeup) {
        if (due) {
            write.wakeAt(wakeup);
        }
    }

    private void owe(TermValue term, Decisions step) {
        step.dropped(Purpose.JOURNAL, write);
        last = term;
        due = true;
    }

    private static boolean isOf(Candidacy own, TermValue term) {
        return own.createRevision() == term.token();
    }

    private Put put(TermValue term) {
        return new Put(settings.keys().term(term.token()), term.text(), 0);
    }

    /** Only while its place stands: else another may have led since, and has written of itself. */
    private Txn beginning(TermValue begun, Candidacy own) {
        Compare stands = Compare.created(own.key(), own.createRevision());
        return Transactions.journal(
                List.of(stands), put(begun), tooOld(settings.keys().term(begun.token())));
    }

    /** And first of all those that would be newer: they are of a history that was lost. */
    private List<String> tooOld(String present) {
        List<String> others = new ArrayList<>(view.terms().keys());
        others.remove(present);
        List<String> never =
                others.stream().filter(each -> each.compareTo(present) > 0).toList();
        others.removeAll(never);
        int excess = Math.max(0, others.size() + 1 - KEPT);
        return Stream.concat(never.stream(), others.subList(0, excess).stream())
                .limit(MOST_DELETED)
                .toList();
    }

    /** Nobody else writes this key. */
    private Txn end(TermValue over) {
        return Transactions.journal(List.of(), put(over), List.of());
    }
}
