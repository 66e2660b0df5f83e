package io.github.election4j.internal.machine;

import io.github.election4j.ElectionConfig.HandOverTo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** P8: who leads after this member, where that is not simply the next in the queue. */
final class Successors {
    /** One transaction has room for 128 operations and as many guards. */
    static final int MOST_AHEAD = 100;

    private final MachineSettings settings;
    private final View view;

    Successors(MachineSettings settings, View view) {
        this.settings = settings;
        this.view = view;
    }

    /**
     * One that waits, and those between it and the present leader, which have to give way.
     *
     * @param chosen who is to lead
     * @param ahead who has waited longer, by age
     */
    record Choice(Place chosen, List<Place> ahead) {}

    /** Whom the next in the queue has to give way to; null for nobody. */
    @Nullable
    Choice choose(Candidacy own, @Nullable String named) {
        List<Place> waiting = reachable(own);
        if (named != null) {
            return waiting.stream()
                    .filter(each -> each.value().id().equals(named))
                    .findFirst()
                    .map(each -> choice(each, waiting))
                    .orElse(null);
        }
        return settings.handOverTo() == HandOverTo.NEXT
                ? null
                : waiting.stream()
                        .filter(each -> !view.evictions().evicts(each.value().id()))
                        .reduce((older, newer) -> newer)
                        .map(each -> choice(each, waiting))
                        .orElse(null);
    }

    private static Choice choice(Place chosen, List<Place> waiting) {
        return new Choice(chosen, List.copyOf(waiting.subList(0, waiting.indexOf(chosen))));
    }

    /** Whoever one transaction can put first. */
    private List<Place> reachable(Candidacy own) {
        return waiting(own).stream()
                .takeWhile(Place::ours)
                .limit(MOST_AHEAD + 1L)
                .toList();
    }

    /** Why nothing can be handed over to this one; null if it can. */
    @Nullable
    String refusal(Candidacy own, String named) {
        if (named.equals(settings.id())) {
            return "it leads already";
        }
        if (view.evictions().evicts(named)) {
            return "it is evicted";
        }
        int ahead = 0;
        for (Place each : waiting(own)) {
            if (each.value().id().equals(named)) {
                return each.ours() ? tooFar(ahead) : "it is not a member of Election4J and cannot be waited for";
            } else if (!each.ours()) {
                return "'" + each.value().id() + "' is ahead of it (key " + each.key()
                        + "), which is not a member of Election4J and would not enter again";
            }
            ahead++;
        }
        return "it does not wait in the queue";
    }

    private static @Nullable String tooFar(int ahead) {
        return ahead > MOST_AHEAD ? ahead + " are ahead of it, more than " + MOST_AHEAD : null;
    }

    private List<Place> waiting(Candidacy own) {
        return view.places().stream()
                .filter(each -> each.createRevision() > own.createRevision())
                .toList();
    }
}
