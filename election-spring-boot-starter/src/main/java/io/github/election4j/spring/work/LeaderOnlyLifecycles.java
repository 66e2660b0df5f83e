package io.github.election4j.spring.work;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Runs the {@link io.github.election4j.spring.LeaderOnly} lifecycle beans of a context while this member leads, in
 * place of the context. One listener for each election: all that starts with a grant has stopped when it has heard of
 * the revocation.
 *
 * @since 0.1.0
 */
public final class LeaderOnlyLifecycles implements SmartLifecycle, SmartInitializingSingleton, LifecycleExclusion {
    private final ConfigurableListableBeanFactory beans;
    private final LeaderOnlyBeans found;
    private List<LeaderOnlyGroup> groups = List.of();
    private boolean grouped;
    private volatile boolean running;

    /**
     * Looks for none yet.
     *
     * @param beans those of the context
     * @param elections where the election of each is looked up
     */
    public LeaderOnlyLifecycles(ConfigurableListableBeanFactory beans, LeaderElections elections) {
        this.beans = beans;
        this.found = new LeaderOnlyBeans(beans, elections);
    }

    @Override
    public boolean excludes(String name, Lifecycle bean) {
        return found.contains(name);
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> names = found.check();
        if (!names.isEmpty() && !isProcessorAware()) {
            throw new InvalidLeaderOnlyException(
                    "bean '" + names.get(0) + "'",
                    "the bean 'lifecycleProcessor', which is the application's own, would start it on every member",
                    "Let that bean be a LeaderAwareLifecycleProcessor, or extend it.");
        }
    }

    private boolean isProcessorAware() {
        String name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;
        return beans.containsLocalBean(name) && beans.getBean(name) instanceof LeaderAwareLifecycleProcessor;
    }

    /** An election that is led already, such as that of a parent context, is heard of at once. */
    @Override
    public synchronized void start() {
        if (!grouped) {
            groups = found.groups();
            grouped = true;
        }
        groups.forEach(LeaderOnlyGroup::open);
        running = true;
    }

    @Override
    public void stop() {
        present().forEach(LeaderOnlyGroup::close);
        running = false;
    }

    /**
     * Where the election was handed over first, nothing runs any more. Otherwise it leads on, as that of a parent
     * context does, and whoever stops this context waits for as long as for other lifecycle beans.
     */
    @Override
    public void stop(Runnable callback) {
        CompletableFuture<?>[] closed =
                present().stream().map(LeaderOnlyLifecycles::closed).toArray(CompletableFuture<?>[]::new);
        running = false;
        CompletableFuture<Void> unused = CompletableFuture.allOf(closed).thenRun(callback);
    }

    private static CompletableFuture<Void> closed(LeaderOnlyGroup group) {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        group.close();
                    } finally {
                        closed.complete(null);
                    }
                },
                "election4j-stop");
        thread.setDaemon(true);
        thread.start();
        return closed;
    }

    private synchronized List<LeaderOnlyGroup> present() {
        return groups;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last phase, like that of the elections: what the beans need has started. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
