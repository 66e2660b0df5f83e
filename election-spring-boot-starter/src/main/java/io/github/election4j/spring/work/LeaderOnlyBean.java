package io.github.election4j.spring.work;

import io.github.election4j.Leadership;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** A lifecycle bean that runs while this member leads. Its group guards it by a lock. */
final class LeaderOnlyBean {
    private static final Logger log = LoggerFactory.getLogger(LeaderOnlyBean.class);

    private final String name;
    private final SmartLifecycle bean;
    /** Done when what was stopped last has stopped. */
    private CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

    LeaderOnlyBean(String name, SmartLifecycle bean) {
        this.name = name;
        this.bean = bean;
    }

    String name() {
        return name;
    }

    int phase() {
        return bean.getPhase();
    }

    /** As part of the term, so that the bean can ask for it. Fails where a stop is still under way. */
    void start(Leadership term) throws Exception {
        if (!stopped.isDone()) {
            throw new IllegalStateException("it has not stopped since the last term");
        }
        term.call(() -> {
            if (!bean.isRunning()) {
                bean.start();
            }
            return true;
        });
    }

    /**
     * Stops it, if it runs, on a thread of its own: one that hangs keeps no other from being stopped.
     *
     * @return done when it has stopped, though it failed
     */
    CompletableFuture<Void> stop() {
        if (stopped.isDone()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            stopped = done;
            Thread thread = new Thread(() -> stop(done), "election4j-stop-" + name);
            thread.setDaemon(true);
            thread.start();
        }
        return stopped;
    }

    private void stop(CompletableFuture<Void> done) {
        try {
            if (bean.isRunning()) {
                bean.stop(() -> done.complete(null));
            } else {
                done.complete(null);
            }
        } catch (RuntimeException | Error failure) {
            log.error("Bean '{}', which is for the leader only, failed to stop", name, failure);
            done.complete(null);
        }
    }
}
