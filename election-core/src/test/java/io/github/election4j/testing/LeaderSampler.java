package io.github.election4j.testing;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks members of this JVM whether they lead, each by a thread of its own, and keeps the stretches of true answers on
 * the clock they share. A stretch is cut to what is certain: from after its first true call until before its last.
 */
public final class LeaderSampler implements AutoCloseable {
    private static final long PAUSE_NANOS = 20_000;

    private final List<Stretch> stretches = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    public LeaderSampler(Member... members) {
        for (Member member : members) {
            Thread thread = new Thread(
                    () -> sample(member), "sampler-" + member.election().id());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** An unbroken run of true answers. */
    public record Stretch(String id, long from, long until) {
        boolean overlaps(Stretch other) {
            return !id.equals(other.id) && from - other.until < 0 && other.from - until < 0;
        }
    }

    /** Waits until this sampler, too, has heard a member say that it leads. */
    public void awaitSeen(String id) {
        await(id + " seen leading").atMost(Member.LIMIT).until(() -> seen.contains(id));
    }

    /** Ends sampling and returns the stretches in which two members led at once; who saw nobody lead saw nothing. */
    public List<String> overlaps() {
        close();
        if (seen.isEmpty()) {
            throw new IllegalStateException("The sampler has seen nobody lead");
        }
        List<String> found = new ArrayList<>();
        for (Stretch one : stretches) {
            for (Stretch other : stretches) {
                if (one.overlaps(other)) {
                    found.add(one + " with " + other);
                }
            }
        }
        return found;
    }

    /** Nanoseconds from the last true answer of one member to the first of another, the last time that happened. */
    public long handOverNanos(String from, String to) {
        long lost = last(from).until();
        return last(to).from() - lost;
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Stretch last(String id) {
        return stretches.stream()
                .filter(stretch -> stretch.id().equals(id))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private void sample(Member member) {
        boolean leading = false;
        long from = 0;
        long until = 0;
        while (!stopped) {
            long before = System.nanoTime();
            boolean now = member.isLeader();
            if (now && !leading) {
                from = System.nanoTime();
                until = from;
                seen.add(member.election().id());
            } else if (now) {
                until = before;
            } else if (leading) {
                stretches.add(new Stretch(member.election().id(), from, until));
            }
            leading = now;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (leading) {
            stretches.add(new Stretch(member.election().id(), from, until));
        }
    }
}
