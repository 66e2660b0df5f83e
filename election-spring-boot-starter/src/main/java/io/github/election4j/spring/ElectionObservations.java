package io.github.election4j.spring;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionListener;
import io.github.election4j.spring.observation.DefaultElectionObservationConvention;
import io.github.election4j.spring.observation.ElectionObservationContext;
import io.github.election4j.spring.observation.ElectionObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an observation of each call of a listener, which is the current one of the thread meanwhile: what the listener
 * begins is a part of it. Whatever an observation throws is logged, and never keeps a listener from its event.
 *
 * @since 0.1.0
 */
public class ElectionObservations implements DeliveryAdvice {
    private static final Logger log = LoggerFactory.getLogger(ElectionObservations.class);
    private static final ElectionObservationConvention DEFAULT = new DefaultElectionObservationConvention();

    private final ObservationRegistry registry;
    private final @Nullable ElectionObservationConvention convention;

    /**
     * Creates observations.
     *
     * @param registry whose handlers hear of them
     * @param convention names them; null for the default
     */
    public ElectionObservations(ObservationRegistry registry, @Nullable ElectionObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public void deliver(ElectionListener listener, ElectionEvent event) {
        if (listener instanceof StarterListener) {
            listener.onEvent(event);
        } else {
            observe(listener, event);
        }
    }

    private void observe(ElectionListener listener, ElectionEvent event) {
        Runnable restoring = guarded(this::restoring, () -> {});
        Observation observation = guarded(() -> create(listener, event), Observation.NOOP);
        guarded(observation::start);
        Observation.Scope scope = guarded(observation::openScope, Observation.Scope.NOOP);
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error failure) {
            guarded(() -> observation.error(failure));
            throw failure;
        } finally {
            guarded(scope::close);
            guarded(restoring);
            guarded(observation::stop);
        }
    }

    private Observation create(ElectionListener listener, ElectionEvent event) {
        return Observation.createNotStarted(
                convention, DEFAULT, () -> new ElectionObservationContext(listener, event), registry);
    }

    /** A scope whose opening or closing failed stays behind, and the thread goes on to serve others. */
    private Runnable restoring() {
        Observation.Scope former = registry.getCurrentObservationScope();
        return () -> {
            if (registry.getCurrentObservationScope() != former) {
                registry.setCurrentObservationScope(former);
            }
        };
    }

    private static void guarded(Runnable step) {
        guarded(
                () -> {
                    step.run();
                    return step;
                },
                step);
    }

    private static <T> T guarded(Supplier<T> step, T otherwise) {
        try {
            return step.get();
        } catch (RuntimeException | Error broken) {
            log.warn("A listener of an election could not be observed", broken);
            return otherwise;
        }
    }
}
