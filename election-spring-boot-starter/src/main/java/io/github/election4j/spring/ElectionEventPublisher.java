package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Makes application events of what elections tell, for the listeners of a context and its parents.
 *
 * <p>It calls the listeners itself and not by the context's multicaster, for two promises rest on it: that every
 * listener hears of a revocation, though another throws (S3), and that each has returned before the successor starts
 * (S4), though the context's multicaster may have an executor. A listener that is asynchronous of itself is not waited
 * for.
 */
class ElectionEventPublisher {
    private final ApplicationContext context;

    ElectionEventPublisher(ApplicationContext context) {
        this.context = context;
    }

    /** Publishes what an election tells from now on, its present leader first. */
    void listenTo(Election election) {
        List<ElectionEventTranslator> translators = List.copyOf(
                context.getBeansOfType(ElectionEventTranslator.class).values());
        election.addListener(event -> publish(eventsOf(election, event, translators)));
    }

    /** Ours first. */
    private static List<ApplicationEvent> eventsOf(
            Election election, ElectionEvent event, List<ElectionEventTranslator> translators) {
        if (event instanceof LeaderChanged change) {
            List<ApplicationEvent> events = new ArrayList<>();
            events.add(
                    switch (change.state()) {
                        case IS_LEADER -> new LeadershipGrantedEvent(election, change);
                        case RETIRE_FROM_LEADER -> new LeadershipRevokedEvent(election, change);
                        case IS_NOT_LEADER -> new LeaderChangedEvent(election, change);
                    });
            translators.stream()
                    .map(each -> each.translate(election, change))
                    .filter(Objects::nonNull)
                    .forEach(events::add);
            return events;
        }
        return event instanceof ElectionError error ? List.of(new ElectionErrorEvent(election, error)) : List.of();
    }

    /** Throws what the first listener that failed threw, once all have been called: the engine tells of it. */
    private void publish(List<ApplicationEvent> events) {
        List<Throwable> failures = new ArrayList<>();
        for (ApplicationEvent event : events) {
            for (ApplicationContext each = context; each != null; each = each.getParent()) {
                publish(each, event, failures);
            }
        }
        if (!failures.isEmpty()) {
            Throwable first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first instanceof RuntimeException exception ? exception : new IllegalStateException(first);
        }
    }

    /** Listeners can come and go while the context lives, so they are asked for anew; changes of leader are rare. */
    private static void publish(ApplicationContext to, ApplicationEvent event, List<Throwable> failures) {
        if (to instanceof AbstractApplicationContext known) {
            SimpleApplicationEventMulticaster all = new SimpleApplicationEventMulticaster(known.getBeanFactory());
            all.setErrorHandler(failures::add);
            known.getApplicationListeners().forEach(all::addApplicationListener);
            for (String name : known.getBeanNamesForType(ApplicationListener.class, true, false)) {
                all.addApplicationListenerBean(name);
            }
            all.multicastEvent(event);
        }
    }
}
