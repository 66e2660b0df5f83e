package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.BeatGroup.Covered;
import java.util.Map;
import java.util.TreeMap;

/** P4: the beats of the process, by group. */
final class Beats {
    private final Map<Integer, BeatGroup> groups = new TreeMap<>();
    private final long capNanos;

    Beats(Timing timing) {
        this.capNanos = timing.beatAttemptNanos();
    }

    void cover(SessionInput.Cover cover) {
        group(cover.group()).cover(cover.election(), new Covered(cover.key(), cover.createRevision()));
    }

    void uncover(SessionInput.Uncover uncover) {
        group(uncover.group()).uncover(uncover.election(), uncover.createRevision());
    }

    void now(SessionInput.BeatNow now) {
        group(now.group()).request();
    }

    void tick() {
        groups.values().forEach(BeatGroup::tick);
    }

    void probe() {
        group(0).probe();
    }

    BeatGroup group(int number) {
        return groups.computeIfAbsent(number, fresh -> new BeatGroup(fresh, capNanos));
    }

    void advance(SessionStep step, HeldLease lease) {
        groups.values().forEach(each -> each.advance(step, lease));
    }

    void reset(SessionStep step) {
        groups.values().forEach(each -> each.reset(step));
    }

    void wakeAt(Wakeup wakeup) {
        groups.values().forEach(each -> each.wakeAt(wakeup));
    }
}
