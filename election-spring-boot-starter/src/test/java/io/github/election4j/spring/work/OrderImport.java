package io.github.election4j.spring.work;

import io.github.election4j.spring.LeaderOnly;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Shown in the documentation. */
@Component
@LeaderOnly
class OrderImport implements SmartLifecycle {
    private final List<String> journal;
    private volatile boolean running;

    OrderImport(List<String> journal) {
        this.journal = journal;
    }

    @Override
    public void start() {
        journal.add("by class starts");
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
