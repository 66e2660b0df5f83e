package io.github.election4j.spring.work;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Writes down when it starts and has stopped. It stops in the background, and says so later. */
public class RecordedLifecycle implements SmartLifecycle {
    private static final int STOP_MILLIS = 50;

    private final String name;
    private final int phase;
    private final List<String> journal;
    private volatile boolean running;

    /** Does not run. */
    public RecordedLifecycle(String name, int phase, List<String> journal) {
        this.name = name;
        this.phase = phase;
        this.journal = journal;
    }

    String name() {
        return name;
    }

    @Override
    public void start() {
        journal.add(name + " starts");
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        CompletableFuture.delayedExecutor(STOP_MILLIS, TimeUnit.MILLISECONDS).execute(() -> {
            running = false;
            journal.add(name + " stopped");
            callback.run();
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
