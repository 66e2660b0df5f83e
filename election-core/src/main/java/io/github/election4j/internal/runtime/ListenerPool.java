package io.github.election4j.internal.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for listeners and completed futures. Unbounded, since a bound would let listeners that block delay others; a
 * listener holds a thread only while it runs. Idle threads end soon: a session that has been closed leaves none behind.
 */
final class ListenerPool {
    private static final int IDLE_SECONDS = 1;
    private static final ThreadLocal<Boolean> IN_LISTENER = ThreadLocal.withInitial(() -> false);

    private ListenerPool() {}

    static Executor create() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "election4j-listener");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whether the calling thread is running a listener, which a step-down may be waiting for. */
    static boolean inListener() {
        return IN_LISTENER.get();
    }

    static void enterListener() {
        IN_LISTENER.set(true);
    }

    static void leaveListener() {
        IN_LISTENER.remove();
    }
}
