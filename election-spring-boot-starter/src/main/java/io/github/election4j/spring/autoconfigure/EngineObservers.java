package io.github.election4j.spring.autoconfigure;

import io.github.election4j.spi.EngineObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Every observer of the application, as the one that a session takes. They hear in their order, and one that throws
 * harms no other.
 *
 * <p>They are asked for when all beans are there, as Spring Boot does with those that bind meters: an observer may need
 * the session that it observes, an election or a registry. It is no {@link EngineObserver} itself, or it would be found
 * among them.
 */
class EngineObservers implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(EngineObservers.class);

    private final ObjectProvider<EngineObserver> beans;
    private volatile List<EngineObserver> observers = List.of();

    EngineObservers(ObjectProvider<EngineObserver> beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        observers = beans.orderedStream().toList();
    }

    /** {@return tells each of them; there is nothing to tell before they are there, unless code joins earlier} */
    EngineObserver all() {
        return new EngineObserver() {
            @Override
            public void onHeartbeat(double headroom) {
                tell(observer -> observer.onHeartbeat(headroom));
            }

            @Override
            public void onRenewal(Duration took, boolean succeeded) {
                tell(observer -> observer.onRenewal(took, succeeded));
            }

            @Override
            public void onListener(String election, Duration took, boolean succeeded) {
                tell(observer -> observer.onListener(election, took, succeeded));
            }
        };
    }

    private void tell(Consumer<EngineObserver> what) {
        for (EngineObserver observer : observers) {
            try {
                what.accept(observer);
            } catch (RuntimeException | Error broken) {
                log.warn("{} failed: an observer of the engine must not throw", observer.getClass(), broken);
            }
        }
    }
}
