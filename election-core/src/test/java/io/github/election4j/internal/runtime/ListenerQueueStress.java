package io.github.election4j.internal.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * S3: two threads offer two events each, and one of them delivers: nothing is lost or told twice or out of order, and
 * no two calls overlap.
 */
@JCStressTest
@Outcome(
        id = {"1234 done 4", "1324 done 4", "1342 done 4", "3124 done 4", "3142 done 4", "3412 done 4"},
        expect = ACCEPTABLE,
        desc = "All, once, each thread's in order.")
@Outcome(expect = FORBIDDEN, desc = "Lost, repeated, out of order, or two at once.")
@State
public class ListenerQueueStress {
    private final HeardEvents listener = new HeardEvents();
    private final ListenerQueue queue = new ListenerQueue(listener, Runnable::run, () -> 0, listener);

    @Actor
    public void offerSome() {
        offer(1);
        offer(2);
    }

    @Actor
    public void offerOthers() {
        offer(3);
        offer(4);
    }

    @Arbiter
    public void told(L_Result result) {
        result.r1 = listener.told();
    }

    private void offer(long token) {
        queue.offer(Stage.event(token), listener::done);
    }
}
