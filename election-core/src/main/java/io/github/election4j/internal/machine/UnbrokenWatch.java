package io.github.election4j.internal.machine;

import io.github.election4j.spi.WatchEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * P7: what the present watch has told without a break. By that the claim of an entry falls, and words about places
 * under a lease that is gone are known to be of this history.
 */
final class UnbrokenWatch {
    private final Membership self;
    private final Claims claims;
    /** Own places that were deleted. */
    private final Set<Long> gone = new HashSet<>();

    private long heard;

    UnbrokenWatch(Membership self, Claims claims) {
        this.self = self;
        this.claims = claims;
    }

    /** It tells everything that comes after this revision. */
    void begins(long revision) {
        heard = revision;
    }

    void told(WatchEvent event) {
        if (event instanceof WatchEvent.Deleted && self.memory().lastHeld(event.key()) != 0) {
            gone.add(self.memory().lastHeld(event.key()));
        }
    }

    void toldAllUpTo(long revision) {
        heard = Math.max(heard, revision);
        claims.heard(heard);
    }

    /**
     * The watch has told that the former place was deleted, whose key has the name of a lease, so that no other history
     * has it; and that the present one came to be.
     */
    void confirmWords(View view) {
        Candidacy own = self.candidacy();
        if (own != null && heard >= own.createRevision() && view.contains(own)) {
            self.memory().confirm(gone);
        }
    }

    void ends() {
        gone.clear();
        claims.broken();
        self.memory().dropDoubtful();
    }
}
