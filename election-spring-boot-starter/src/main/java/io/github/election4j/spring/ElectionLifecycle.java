package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionListener;
import io.github.election4j.Elections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;

/**
 * Joins and leaves all elections of an application context. One bean that nobody injects: what a lifecycle bean depends
 * on is started before it and stopped after it, and so an election that were one itself would be started with the first
 * bean that uses it.
 *
 * <p>Joins last: in the last phase, or once the application accepts traffic. Hands over first: while the closing of the
 * context is announced, before any lifecycle bean is stopped, so that no
 * {@code spring.lifecycle.timeout-per-shutdown-phase} applies. That waits for the revoke listeners, for as long as
 * {@code election.step-down-timeout} and one request to etcd at the most.
 *
 * @since 0.1.0
 */
public class ElectionLifecycle implements SmartLifecycle, SmartApplicationListener {
    private static final Logger log = LoggerFactory.getLogger(ElectionLifecycle.class);

    private final ApplicationContext context;
    private final ObjectProvider<ElectionListener> listeners;
    private final ElectionEventPublisher publisher;
    private final Set<ManagedElections> sessions = new LinkedHashSet<>();
    private final Set<Election> known = new LinkedHashSet<>();
    private boolean running;
    private boolean accepting;

    /**
     * Creates a life cycle.
     *
     * @param context the context whose life it follows; not that of its children
     * @param listeners beans that listen to each of them
     */
    public ElectionLifecycle(ApplicationContext context, ObjectProvider<ElectionListener> listeners) {
        this.context = context;
        this.listeners = listeners;
        this.publisher = new ElectionEventPublisher(context);
    }

    @Override
    public synchronized void start() {
        refuseProxiesByInterface();
        running = true;
        ofThisContext(ManagedElections.class).forEach(sessions::add);
        sessions.forEach(ManagedElections::start);
        ofThisContext(Election.class).filter(known::add).forEach(this::listen);
        join();
    }

    /** Such an election would be there and never join. */
    private void refuseProxiesByInterface() {
        Stream.concat(ofThisContext(Elections.class), ofThisContext(Election.class))
                .filter(AopUtils::isJdkDynamicProxy)
                .map(AopUtils::getTargetClass)
                .filter(type ->
                        ManagedElection.class.isAssignableFrom(type) || ManagedElections.class.isAssignableFrom(type))
                .findFirst()
                .ifPresent(type -> {
                    throw new IllegalStateException("A bean of type " + type.getName()
                            + " is proxied by its interface, so that it could not be joined: set"
                            + " spring.aop.proxy-target-class=true, or leave it out of the advice.");
                });
    }

    /** A parent's have a life cycle there, and outlive this context. */
    private <T> Stream<T> ofThisContext(Class<T> type) {
        return context.getBeansOfType(type).values().stream();
    }

    /** Now, and not earlier, every listener of the application is there (S3). */
    private void listen(Election election) {
        if (election instanceof ManagedElection managed) {
            context.getBeanProvider(DeliveryAdvice.class).ifAvailable(managed::setDeliveryAdvice);
        }
        publisher.listenTo(election);
        listeners.orderedStream().forEach(election::addListener);
    }

    private void join() {
        managed().stream()
                .filter(each -> accepting || each.getParticipation().candidacy() == Candidacy.STARTED)
                .forEach(ManagedElection::rejoin);
    }

    /**
     * Waits for the hand-over: what stops after this one may be what the revoke listeners need. Then closes the
     * session, since a stop may be that of a checkpoint, of which no connection may be part.
     *
     * <p>All begin to close at once, so the waits are not added up. Each is bounded by the step-down timeout and the
     * request timeout (L3), and a listener that closes its own context does not wait for itself.
     */
    @Override
    public void stop() {
        List<ManagedElection> leaving;
        List<ManagedElections> closing;
        synchronized (this) {
            running = false;
            leaving = managed();
            closing = List.copyOf(sessions);
        }
        leaving.forEach(ManagedElection::stop);
        closing.forEach(ManagedElections::stopAsync);
        leaving.forEach(ManagedElection::awaitStop);
        closing.forEach(ManagedElections::stop);
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    /** The last phase. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
        return ContextClosedEvent.class.isAssignableFrom(type) || AvailabilityChangeEvent.class.isAssignableFrom(type);
    }

    /** Before every other listener of the closing but those that are {@code PriorityOrdered}. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** A closing that goes on meanwhile would stop what revoke listeners need. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    /** Events of child contexts arrive here too, and are not meant. */
    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        boolean ofAnother = event.getSource() instanceof ApplicationContext source && !source.equals(context);
        if (ofAnother) {
            return;
        }
        if (event instanceof ContextClosedEvent) {
            stop();
        } else if (event instanceof AvailabilityChangeEvent<?> change
                && change.getState() instanceof ReadinessState state) {
            readinessChanged(state == ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    /** Does not wait: whoever tells of the change goes on. */
    private synchronized void readinessChanged(boolean acceptsNow) {
        accepting = acceptsNow;
        if (accepting) {
            joinIfRunning();
        } else if (running) {
            managed().stream()
                    .filter(each -> each.getParticipation().candidacy() == Candidacy.READY)
                    .forEach(each -> each.stop().thenRun(this::joinIfRunning).exceptionally(failure -> {
                        log.error("Election '{}' could not be joined again", each.name(), failure);
                        return null;
                    }));
        }
    }

    /** Also after each leaving: traffic may be accepted again while it still went on (L2). */
    private synchronized void joinIfRunning() {
        if (running) {
            join();
        }
    }

    private List<ManagedElection> managed() {
        return known.stream()
                .filter(ManagedElection.class::isInstance)
                .map(ManagedElection.class::cast)
                .toList();
    }
}
