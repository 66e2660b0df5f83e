package io.github.election4j.benchmarks;

import io.github.election4j.benchmarks.peer.Connection;
import io.github.election4j.benchmarks.peer.Contestant;
import io.github.election4j.benchmarks.peer.Peer;
import io.github.election4j.benchmarks.peer.Peers;
import io.github.election4j.benchmarks.store.Jvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What a process of its own does. Arguments: what, peer, address, lease in ms, and what the task says. */
public final class ChildMain {
    static final String FAILED = "FAILED";
    private static final long BETWEEN_QUESTIONS_NANOS = 200_000;

    private ChildMain() {}

    /** Does its task until it is killed. If it cannot, it tells {@code FAILED} and why, and ends at once. */
    public static void main(String[] arguments) {
        Jvm.configureLogging();
        try {
            perform(arguments);
        } catch (Throwable failure) {
            System.out.println(
                    FAILED + " " + failure.toString().lines().findFirst().orElse("?"));
            Runtime.getRuntime().halt(1); // Clients leave threads behind.
        }
    }

    private static void perform(String[] arguments) throws Exception {
        Peer peer = Peers.named(arguments[1]);
        Duration lease = Duration.ofMillis(Long.parseLong(arguments[3]));
        switch (arguments[0]) {
            case "member" -> answer(peer.connect(arguments[2], lease).join(arguments[4], arguments[5]));
            case "waiter" -> wait(peer.connect(arguments[2], lease).join(arguments[4], arguments[5]));
            case "scale" -> scale(peer, arguments[2], lease, Integer.parseInt(arguments[4]));
            case "crowd" -> crowd(peer, arguments[2], lease, arguments[4], Integer.parseInt(arguments[5]));
            default -> throw new IllegalArgumentException("Unknown task '" + arguments[0] + "'");
        }
    }

    /** As one member, tells {@code QUEUED} when somebody else stands before it, and goes on like any other. */
    private static void wait(Contestant contestant) throws Exception {
        while (contestant.queued() < 2) {
            Thread.sleep(1);
        }
        System.out.println("QUEUED 2");
        answer(contestant);
    }

    /**
     * As one member, tells of its true answers: {@code LEADS} and when the first one was there, and {@code TRUE} for
     * each run of them, with when the first was asked for and there, and the last, and how many there were. The times
     * are of {@link System#nanoTime}: on Linux it is one clock for all processes.
     */
    private static void answer(Contestant contestant) {
        Answers answers = new Answers();
        while (true) {
            long asked = System.nanoTime();
            boolean leads = contestant.isLeader();
            answers.add(asked, System.nanoTime(), leads);
            LockSupport.parkNanos(BETWEEN_QUESTIONS_NANOS);
        }
    }

    /**
     * Two members in each of many elections; tells {@code LED} and after how many ms each election had a leader.
     * Collects garbage for each byte that it reads, and tells {@code COLLECTED} and how many bytes of its heap are used
     * then.
     */
    private static void scale(Peer peer, String address, Duration lease, int elections) throws Exception {
        long began = System.nanoTime();
        List<Contestant> waiting = new ArrayList<>();
        Connection first = peer.connect(address, lease);
        Connection second = peer.connect(address, lease);
        List<Contestant> others = new ArrayList<>();
        for (int i = 0; i < elections; i++) {
            waiting.add(first.join("scale-" + i, "m1"));
            others.add(second.join("scale-" + i, "m2"));
        }
        for (int i = 0; i < elections; i++) {
            while (!waiting.get(i).isLeader() && !others.get(i).isLeader()) {
                Thread.sleep(1);
            }
        }
        System.out.println("LED " + (System.nanoTime() - began) / 1_000_000);
        while (System.in.read() >= 0) {
            System.gc();
            Runtime heap = Runtime.getRuntime();
            System.out.println("COLLECTED " + (heap.totalMemory() - heap.freeMemory()));
        }
        Thread.currentThread().join();
    }

    /** Many members of one election, each with a connection of its own; tells {@code QUEUED} when all wait. */
    private static void crowd(Peer peer, String address, Duration lease, String election, int size) throws Exception {
        Contestant last = null;
        for (int i = 0; i < size; i++) {
            last = peer.connect(address, lease).join(election, "crowd-" + i);
        }
        while (last != null && last.queued() <= size) {
            Thread.sleep(10);
        }
        System.out.println("QUEUED " + size);
        Thread.currentThread().join();
    }

    /**
     * Runs of true answers, with no false one between and no gap in which the process did not run. They are short, so
     * that it is known almost to the answer how many there were after whatever instant.
     */
    private static final class Answers {
        private static final long GAP_NANOS = 5_000_000;
        private static final long LONGEST_RUN_NANOS = 1_000_000;

        private boolean everLed;
        private long firstAsked;
        private long firstAnswered;
        private long lastAsked;
        private long lastAnswered;
        private long count;

        void add(long asked, long answered, boolean leads) {
            if (count > 0 && (!leads || asked - lastAsked > GAP_NANOS || asked - firstAsked > LONGEST_RUN_NANOS)) {
                System.out.println("TRUE " + firstAsked + " " + firstAnswered + " " + lastAsked + " " + lastAnswered
                        + " " + count);
                count = 0;
            }
            if (leads) {
                if (!everLed) {
                    everLed = true;
                    System.out.println("LEADS " + System.nanoTime());
                }
                if (count == 0) {
                    firstAsked = asked;
                    firstAnswered = answered;
                }
                lastAsked = asked;
                lastAnswered = answered;
                count++;
            }
        }
    }
}
