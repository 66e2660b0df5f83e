package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * P4: one beat of the process. One put, guarded by the create revisions of the places that it covers, proves them all.
 * Only a known commit proves: no acknowledgement of a renewal, no watch event, no read, no unknown outcome.
 */
final class BeatGroup {
    /** A beat that is applied later than so many others have been sent is taken for a stranger's. */
    private static final int REMEMBERED_NONCES = 1024;

    private final int group;
    private final Retry retry;
    private final Map<String, Covered> covered = new LinkedHashMap<>();
    /** H7: what is left to be sent of a cover that was refused, in parts, until the culprit is alone. */
    private final Deque<Map<String, Covered>> parts = new ArrayDeque<>();

    /** By election: those that entered in one transaction have the same create revision. The one tried last is last. */
    private final Map<String, Covered> refused = new LinkedHashMap<>();

    private final Set<String> nonces = new LinkedHashSet<>();
    private final Map<Long, Long> provenAt = new HashMap<>();
    private Map<String, Covered> sent = Map.of();
    private long sentAt;
    private long validityNanos;
    private boolean due;
    private boolean chance;
    private boolean probe;

    /** A place, by the key of its election. */
    record Covered(String key, long createRevision) {}

    BeatGroup(int group, long capNanos) {
        this.group = group;
        this.retry = new Retry(capNanos);
    }

    void cover(String election, Covered place) {
        covered.put(election, place);
        refused.remove(election);
        due = true;
    }

    void uncover(String election, long createRevision) {
        Covered present = covered.get(election);
        if (present != null && present.createRevision() == createRevision) {
            covered.remove(election);
            refused.remove(election);
        }
        provenAt.remove(createRevision);
    }

    /** A beat as soon as none is under way. */
    void request() {
        due = true;
    }

    /** H7: one of those that were refused gets another chance, by itself: it must not hold up the others again. */
    void tick() {
        due = true;
        chance = !refused.isEmpty();
    }

    /** P13: a write, if only to learn where the history of the store stands. */
    void probe() {
        probe = true;
    }

    void advance(SessionStep step, HeldLease lease) {
        if (!wanted() || !retry.ready(step.now())) {
            return;
        }
        Map<String, Covered> cover = next();
        probe = false;
        sent = cover;
        sentAt = step.now();
        validityNanos = lease.timing().validityNanos();
        String nonce = step.nonce();
        remember(nonce);
        Map<String, Long> guards = new TreeMap<>();
        cover.values().forEach(each -> guards.put(each.key(), each.createRevision()));
        step.add(new SessionEffect.Beat(
                group,
                retry.begin(),
                Transactions.beat(ElectionKeys.beat(Long.toHexString(lease.id()), group), nonce, lease.id(), guards),
                lease.timing().beatAttemptNanos()));
    }

    private Map<String, Covered> next() {
        if (!parts.isEmpty()) {
            return standing(parts.removeFirst());
        }
        Map<String, Covered> allowed = allowed();
        if (due || probe) {
            due = false;
            if (probe || !allowed.isEmpty()) {
                return allowed;
            }
        }
        chance = false;
        Map.Entry<String, Covered> one = refused.entrySet().iterator().next();
        return Map.of(one.getKey(), one.getValue());
    }

    /** What an answer says of the session. */
    enum Answer {
        /** Nothing. */
        FINE,
        /** The beat before was sent by another process: this one was cloned. */
        CLONED
    }

    Answer onCommitted(long number, TxnResult result, SessionStep step) {
        if (!retry.accepts(number)) {
            return Answer.FINE;
        }
        step.succeeded("heartbeat", retry);
        if (!result.succeeded()) {
            lost(result, step);
            return Answer.FINE;
        }
        List<KeyValue> before = Transactions.found(result, 0);
        if (!before.isEmpty() && !nonces.contains(before.get(0).value())) {
            return Answer.CLONED;
        }
        headroom(step);
        sent.forEach((election, place) -> {
            refused.remove(election, place);
            provenAt.put(place.createRevision(), sentAt);
            step.tell(election, new Input.Proven(place.createRevision(), sentAt));
        });
        return Answer.FINE;
    }

    /** Returns whether the lease is gone. */
    boolean onFailed(long number, StoreException cause, SessionStep step) {
        if (!retry.accepts(number)) {
            return false;
        }
        switch (cause.kind()) {
            case DENIED, REFUSED -> {
                if (split()) {
                    retry.answered(); // The halves are other requests, and the others must not wait for the culprit.
                    return false;
                }
            }
            case LEASE_NOT_FOUND -> {
                return true;
            }
            default -> {
                parts.clear();
                due = true;
                probe |= sent.isEmpty();
            }
        }
        step.failed("heartbeat", retry, cause.reason());
        return false;
    }

    void reset(SessionStep step) {
        step.dropped("heartbeat", retry);
        covered.clear();
        parts.clear();
        refused.clear();
        nonces.clear();
        provenAt.clear();
        due = false;
        chance = false;
        probe = false;
    }

    /** What falls due in one turn of the loop shares a beat: it goes out a moment later, when the loop comes to it. */
    void wakeAt(Wakeup wakeup) {
        retry.wakeAt(wakeup);
        if (wanted() && wakeup.ready(retry)) {
            wakeup.soon();
        }
    }

    private boolean wanted() {
        return probe
                || !parts.isEmpty()
                || (due && !refused.keySet().containsAll(covered.keySet()))
                || (chance && !refused.isEmpty());
    }

    /** How much of its validity the place had left that had least, when this beat was known to be committed. */
    private void headroom(SessionStep step) {
        sent.values().stream()
                .map(each -> provenAt.get(each.createRevision()))
                .filter(Objects::nonNull)
                .mapToDouble(before -> (double) (before + validityNanos - step.now()) / validityNanos)
                .min()
                .ifPresent(least -> step.add(new SessionEffect.Headroom(least)));
    }

    private Map<String, Covered> allowed() {
        Map<String, Covered> allowed = new LinkedHashMap<>(covered);
        allowed.keySet().removeAll(refused.keySet());
        return allowed;
    }

    private Map<String, Covered> standing(Map<String, Covered> part) {
        Map<String, Covered> standing = new LinkedHashMap<>(part);
        standing.entrySet().removeIf(each -> !each.getValue().equals(covered.get(each.getKey())));
        return standing;
    }

    /** The others keep what they had; a beat for them goes out at once. */
    private void lost(TxnResult result, SessionStep step) {
        Map<String, Long> standing = new LinkedHashMap<>();
        for (int i = 0; i < result.ops().size(); i++) {
            Transactions.found(result, i).forEach(each -> standing.put(each.key(), each.createRevision()));
        }
        sent.forEach((election, place) -> {
            if (!Long.valueOf(place.createRevision()).equals(standing.get(place.key()))) {
                covered.remove(election, place);
                refused.remove(election, place);
                provenAt.remove(place.createRevision());
                step.tell(election, new Input.PlaceGone(place.createRevision()));
            }
        });
        due = true;
    }

    /** Returns whether there was anything to split. */
    private boolean split() {
        List<Map.Entry<String, Covered>> all = List.copyOf(sent.entrySet());
        if (all.size() <= 1) {
            all.forEach(each -> {
                refused.remove(each.getKey());
                refused.put(each.getKey(), each.getValue());
            });
            return false;
        }
        int middle = all.size() / 2;
        parts.addFirst(part(all.subList(middle, all.size())));
        parts.addFirst(part(all.subList(0, middle)));
        return true;
    }

    private static Map<String, Covered> part(List<Map.Entry<String, Covered>> entries) {
        Map<String, Covered> part = new LinkedHashMap<>();
        entries.forEach(each -> part.put(each.getKey(), each.getValue()));
        return part;
    }

    private void remember(String nonce) {
        nonces.add(nonce);
        if (nonces.size() > REMEMBERED_NONCES) {
            nonces.remove(nonces.iterator().next());
        }
    }
}
