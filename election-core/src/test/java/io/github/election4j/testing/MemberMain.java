package io.github.election4j.testing;

import java.time.Duration;

/**
 * A member in a JVM of its own: prints {@code LEADS token}, and after each pause of its process how many true answers
 * it gave from its first call on.
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

    /** Asks without a rest: the first call that begins after a pause comes before any other thread has noticed it. */
    private static void watchForPause(Member member, long token) {
        long last = System.nanoTime();
        boolean pausedWithin = false;
        while (true) {
            long begun = System.nanoTime();
            boolean leads = member.isLeader();
            long ended = System.nanoTime();
            if (pausedWithin || begun - last > PAUSE_NOTICED_NANOS) {
                System.out.println("RESUMED true answers " + ((leads ? 1 : 0) + trueAnswers(member, token)));
                pausedWithin = false;
                last = System.nanoTime();
            } else {
                pausedWithin = ended - begun > PAUSE_NOTICED_NANOS;
                last = ended; // Not a reading of its own: a pause before it would be seen by nobody.
            }
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
