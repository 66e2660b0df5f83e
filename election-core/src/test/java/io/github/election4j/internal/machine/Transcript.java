package io.github.election4j.internal.machine;

import io.github.election4j.Candidate;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.MarkValue;
import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import io.github.election4j.spi.WatchEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inputs and effects of an election in words. */
final class Transcript {
    private Transcript() {}

    static String of(Input input) {
        if (input instanceof Input.Committed committed) {
            return name(committed.request()) + of(committed.result());
        } else if (input instanceof Input.Failed failed) {
            return name(failed.request()) + " failed: " + failed.cause().kind();
        } else if (input instanceof Input.WatchDelivered delivered) {
            return "watch " + events(delivered.events());
        } else if (input instanceof Input.WatchCreated) {
            return "watch created";
        } else if (input instanceof Input.WatchEnded ended) {
            return "watch ended: " + ended.cause().kind();
        } else if (input instanceof Input.SessionUp up) {
            return "session up, lease " + Long.toHexString(up.leaseId());
        } else if (input instanceof Input.Proven proven) {
            return "proven " + proven.createRevision();
        } else if (input instanceof Input.BeatHeard heard) {
            return "heard of " + heard.beat() + " at " + heard.revision();
        } else if (input instanceof Input.Audited audited) {
            return "audit " + (audited.agrees() ? "agrees" : "differs");
        } else if (input instanceof Input.ListenersReturned returned) {
            return "listeners returned from " + returned.token();
        } else if (input instanceof Input.Command command) {
            return "command " + command.type();
        }
        return input.toString();
    }

    static String of(Effect effect) {
        if (effect instanceof Effect.Commit commit) {
            return name(commit.request()) + ": " + of(commit.txn());
        } else if (effect instanceof Effect.OpenWatch open) {
            return "watch from " + open.fromRevision();
        } else if (effect instanceof Effect.Cover cover) {
            return "cover " + cover.key() + " " + cover.createRevision();
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

    static String of(Txn txn) {
        String then = txn.then().stream().map(Transcript::of).collect(Collectors.joining(", "));
        if (txn.compares().isEmpty()) {
            return then;
        }
        return txn.compares().stream().map(Transcript::of).collect(Collectors.joining(" and ", "if ", " then ")) + then;
    }

    static String of(TxnResult result) {
        return (result.succeeded() ? " committed at " : " guard failed at ") + result.revision();
    }

    static String events(List<WatchEvent> events) {
        return events.stream().map(Transcript::of).collect(Collectors.joining(", "));
    }

    private static String name(RequestId request) {
        return request.purpose().name();
    }

    private static String of(@Nullable Candidate candidate) {
        return candidate == null ? "nobody" : candidate.id() + "#" + candidate.fencingToken();
    }

    private static String of(Txn.Compare compare) {
        if (compare instanceof Txn.CreateRevision created) {
            return "created " + created.key() + " == " + created.revision();
        } else if (compare instanceof Txn.ModRevision modified) {
            return "modified " + modified.key() + " == " + modified.revision();
        }
        Txn.Value value = (Txn.Value) compare;
        return value.key() + " holds " + said(value.key(), value.value());
    }

    private static String of(Txn.Op op) {
        if (op instanceof Txn.Put put) {
            return "put " + put.key() + " " + said(put.key(), put.value());
        } else if (op instanceof Txn.Swap swap) {
            return "swap " + swap.key();
        } else if (op instanceof Txn.Get get) {
            return "get " + get.key() + (get.revision() == 0 ? "" : " as of " + get.revision());
        } else if (op instanceof Txn.Range) {
            return "range";
        }
        return op instanceof Txn.Delete delete ? "delete " + delete.key() : op.toString();
    }

    private static String of(WatchEvent event) {
        return event instanceof WatchEvent.Put put
                ? "put " + put.key() + " " + said(put.key(), put.keyValue().value()) + " at " + put.revision()
                : "deleted " + event.key() + " at " + event.revision();
    }

    private static String said(String key, String raw) {
        if (key.endsWith(".~held")) {
            MarkValue mark = MarkValue.parse(raw);
            return "[" + mark.validityMillis() + " released " + mark.released()
                    + (mark.stopped().isEmpty() ? "" : " stopped " + mark.stopped()) + "]";
        }
        return "of " + CandidateValue.parse(raw).id();
    }
}
