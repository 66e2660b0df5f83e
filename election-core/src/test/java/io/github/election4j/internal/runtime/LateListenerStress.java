package io.github.election4j.internal.runtime;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.election4j.spi.EngineObserver;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * S3: the loop adds a listener and publishes, while threads of the pool deliver: the state as of its adding comes
 * first, and each publication is reported as returned once.
 */
@JCStressTest
@Outcome(id = "123 done 2", expect = ACCEPTABLE, desc = "First the state, then what happened, in order.")
@Outcome(expect = FORBIDDEN, desc = "Lost, repeated, out of order, or two at once.")
@State
public class LateListenerStress {
    private final HeardEvents listener = new HeardEvents();
    private final Queue<Runnable> pool = new ConcurrentLinkedQueue<>();
    private final ListenerDispatcher dispatcher =
            new ListenerDispatcher(Stage.ELECTION, pool::add, () -> 0, EngineObserver.NONE, listener);

    @Actor
    public void loop() {
        dispatcher.add(listener, List.of(Stage.event(1)));
        dispatcher.publish(Stage.event(2), listener::done);
        work();
        dispatcher.publish(Stage.event(3), listener::done);
        work();
    }

    @Actor
    public void poolThread() {
        work();
        work();
    }

    /** Whatever no thread of the pool had time for. */
    @Arbiter
    public void told(L_Result result) {
        work();
        result.r1 = listener.told();
    }

    private void work() {
        for (Runnable task = pool.poll(); task != null; task = pool.poll()) {
            task.run();
        }
    }
}
