package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionListener;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of an election and works for it, in however many its member takes part one after the other. The managed
 * election lets nobody add or remove any while it joins.
 */
final class Attachments {
    private final Set<ElectionListener> listeners = new CopyOnWriteArraySet<>();
    private final Set<ManagedWork> works = new CopyOnWriteArraySet<>();

    void joined(ManagedElection election, Election joined) {
        listeners.forEach(each -> joined.addListener(new StartGuard(each, election)));
        works.forEach(each -> each.join(joined));
    }

    void add(ManagedElection election, ElectionListener listener, @Nullable Election joined) {
        listeners.add(listener);
        if (joined != null) {
            joined.addListener(new StartGuard(listener, election));
        }
    }

    void remove(ManagedElection election, ElectionListener listener, @Nullable Election joined) {
        listeners.remove(listener);
        if (joined != null) {
            joined.removeListener(new StartGuard(listener, election));
        }
    }

    LeaderWork work(LeaderTask task, @Nullable Election joined) {
        ManagedWork work = new ManagedWork(task, works::remove);
        works.add(work);
        work.join(joined);
        return work;
    }
}
