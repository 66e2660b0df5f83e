package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.TxnResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * P7: lets the claim for a place that is gone count from its last beat, and not from its deletion. If the beat stood
 * just before the deletion as it is known here, then no later one proved the place. Any other answer changes nothing: a
 * read that is lost costs time only.
 */
final class Lowering {
    private final MachineSettings settings;
    private final Claims claims;
    private final FollowedBeat beat;
    private final Map<Long, Asked> asked = new HashMap<>();

    /** What has to be found, and until when the claim holds then. */
    private record Asked(long revision, long until) {}

    Lowering(MachineSettings settings, Claims claims, FollowedBeat beat) {
        this.settings = settings;
        this.claims = claims;
        this.beat = beat;
    }

    /** A place was deleted in this revision; 0 if that is not known. */
    void ask(Place gone, long revision, Decisions step) {
        String key = gone.beat(settings.keys());
        if (revision != 0 && key != null && beat.knows(key)) {
            asked.put(gone.createRevision(), new Asked(beat.revision(), beat.receivedAt() + gone.waitNanos()));
            step.add(new Effect.Commit(
                    new RequestId(Purpose.PAST, gone.createRevision()),
                    Transactions.past(key, revision - 1),
                    settings.requestNanos()));
        }
    }

    void onPast(RequestId request, TxnResult result) {
        Asked sent = asked.remove(request.number());
        Optional<KeyValue> found = Transactions.one(result, 0);
        if (sent != null && found.isPresent() && found.get().modRevision() == sent.revision()) {
            claims.lowered(request.number(), sent.until());
        }
    }

    void onFailed(RequestId request) {
        asked.remove(request.number());
    }

    /** Another history. */
    void forget() {
        asked.clear();
    }
}
