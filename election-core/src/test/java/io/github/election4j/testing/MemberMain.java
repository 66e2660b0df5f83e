package io.github.election4j.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A member in a JVM of its own: prints {@code LEADS token} and {@code LOST token}, and counts the true answers that it
 * gives for a term whose loss it has not heard of yet but whose validity is over by the wall clock of the test.
 */
public final class MemberMain {
    private static final long PAUSE_NOTICED_NANOS = 1_000_000_000;

    private MemberMain() {}

    /** Joins the election {@code key} as {@code id} with a lease of so many seconds on an endpoint. */
    public static void main(String[] arguments) {
        Duration lease = Duration.ofSeconds(Long.parseLong(arguments[2]));
        try (Member member = Member.join(arguments[0], arguments[1], lease, arguments[3])) {
            member.election().addListener(event -> System.out.println("EVENT " + event));
            long token =
                    member.awaitLeader().election().leadership().orElseThrow().fencingToken();
            System.out.println("LEADS " + token);
            watchForPause(member, token);
        }
    }

    private static void watchForPause(Member member, long token) {
        long last = System.nanoTime();
        while (true) {
            LockSupport.parkNanos(1_000_000);
            long now = System.nanoTime();
            if (now - last > PAUSE_NOTICED_NANOS) {
                System.out.println("RESUMED true answers " + trueAnswers(member, token));
            }
            last = System.nanoTime();
        }
    }

    private static long trueAnswers(Member member, long token) {
        long answers = 0;
        for (int i = 0; i < 1_000_000; i++) {
            boolean sameTerm = member.election()
                    .leadership()
                    .filter(term -> term.fencingToken() == token)
                    .isPresent();
            if (sameTerm || member.isLeader()) {
                answers++;
            }
        }
        return answers;
    }
}
