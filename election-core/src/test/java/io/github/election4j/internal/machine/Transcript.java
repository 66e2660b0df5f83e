package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inputs and effects in words. */
final class Transcript {
    private Transcript() {}

    static String of(Input input) {
        if (input instanceof Input.Committed committed) {
            TxnResult result = committed.result();
            return name(committed.tag())
                    + (result.succeeded() ? " committed at " : " guard failed at ")
                    + result.revision();
        } else if (input instanceof Input.Failed failed) {
            return name(failed.tag()) + " failed: " + failed.cause().kind();
        } else if (input instanceof Input.WatchDelivered delivered) {
            return "watch " + delivered.events().stream().map(Transcript::of).collect(Collectors.joining(", "));
        } else if (input instanceof Input.WatchEnded ended) {
            return "watch ended: " + ended.cause().kind();
        } else if (input instanceof Input.SessionUp up) {
            return "session up, lease " + Long.toHexString(up.leaseId());
        } else if (input instanceof Input.ListenersReturned returned) {
            return "listeners returned from " + returned.token();
        } else if (input instanceof Input.Command command) {
            return "command " + command.type();
        }
        return input.getClass().getSimpleName();
    }

    static String of(Effect effect) {
        if (effect instanceof Effect.Commit commit) {
            return name(commit.tag()) + ": " + of(commit.txn());
        } else if (effect instanceof Effect.OpenWatch open) {
            return "watch from " + open.fromRevision();
        } else if (effect instanceof Effect.BeginTerm begin) {
            return "term " + begin.leader().fencingToken() + " begins";
        } else if (effect instanceof Effect.ExtendTerm) {
            return "term extended";
        } else if (effect instanceof Effect.EndTerm end) {
            return "term ends: " + end.reason();
        } else if (effect instanceof Effect.Announce announce) {
            return "announce " + announce.state() + ": " + of(announce.previous()) + " -> " + of(announce.leader())
                    + ", " + announce.reason();
        } else if (effect instanceof Effect.Complete complete) {
            return "command is " + complete.outcome();
        }
        return effect.toString();
    }

    private static String name(Tag tag) {
        return tag.purpose().name();
    }

    private static String of(@Nullable Candidate candidate) {
        return candidate == null ? "nobody" : candidate.id() + "#" + candidate.fencingToken();
    }

    private static String of(Txn txn) {
        String then = txn.then().stream().map(Transcript::of).collect(Collectors.joining(", "));
        if (txn.compares().isEmpty()) {
            return then;
        }
        return txn.compares().stream().map(Transcript::of).collect(Collectors.joining(" and ", "if ", " then ")) + then;
    }

    private static String of(Txn.Compare compare) {
        String target = compare.target() == Txn.Target.CREATE_REVISION ? "created" : "modified";
        return target + " " + compare.key() + " == " + compare.revision();
    }

    private static String of(Txn.Op op) {
        if (op instanceof Txn.Put put) {
            return "put " + put.key() + " " + value(put.value());
        } else if (op instanceof Txn.Get get) {
            return "get " + get.key();
        } else if (op instanceof Txn.Range range) {
            return "range " + range.prefix();
        }
        return op instanceof Txn.Delete delete ? "delete " + delete.key() : op.toString();
    }

    private static String of(WatchEvent event) {
        return event instanceof WatchEvent.Put put
                ? "put " + put.key() + " " + value(put.keyValue().value()) + " at " + put.revision()
                : "deleted " + event.key() + " at " + event.revision();
    }

    private static String value(String raw) {
        CandidateValue value = CandidateValue.parse(raw);
        if (value.state() == CandidateState.UNSTATED) {
            return raw;
        }
        return value.state() + (value.stopped().isEmpty() ? "" : " stopped " + value.stopped()) + " of " + value.id();
    }
}
