package io.github.election4j.internal.machine;

import io.github.election4j.spi.Txn;
import io.github.election4j.spi.TxnResult;
import java.util.List;

/**
 * P13: whether the store still has the history that it had. Revisions of what is written do not go back, and a cluster
 * keeps its id; where they do not, everything that rests on revisions is worth nothing. Confined to the loop.
 */
public final class History {
    private long known;
    private long cluster;

    /** What an answer says of the history. */
    public enum Verdict {
        /** It goes on. */
        SAME,
        /** A read has gone back; only a write tells whether the history has. */
        DOUBTFUL,
        /** It is another one. */
        LOST
    }

    /** {@return the newest revision that is known, to be kept with what is sent now} */
    public long known() {
        return known;
    }

    /**
     * Takes in an answer.
     *
     * @param knownWhenSent what was known when the request was sent
     * @param txn the request
     * @param result the answer
     * @return what it says
     */
    public Verdict answered(long knownWhenSent, Txn txn, TxnResult result) {
        boolean sameCluster = cluster == 0 || result.cluster() == 0 || result.cluster() == cluster;
        if (!sameCluster || (writes(txn) && result.revision() < knownWhenSent)) {
            known = result.revision();
            cluster = result.cluster();
            return Verdict.LOST;
        } else if (result.revision() < knownWhenSent) {
            return Verdict.DOUBTFUL;
        }
        cluster = result.cluster();
        known = Math.max(known, result.revision());
        return Verdict.SAME;
    }

    /**
     * Takes in what a watch has told.
     *
     * @param revision the revision of an event
     */
    public void watched(long revision) {
        known = Math.max(known, revision);
    }

    private static boolean writes(Txn txn) {
        return writes(txn.then()) || writes(txn.orElse());
    }

    private static boolean writes(List<Txn.Op> ops) {
        return ops.stream()
                .anyMatch(each -> each instanceof Txn.Nested nested
                        ? writes(nested.txn())
                        : !(each instanceof Txn.Get || each instanceof Txn.Range));
    }
}
