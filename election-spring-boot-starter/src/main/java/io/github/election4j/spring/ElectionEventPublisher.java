package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/** Makes application events of what elections tell, from before the first of them starts until after the last stops. */
public final class ElectionEventPublisher implements SmartLifecycle {
    private final List<Election> elections;
    private final ApplicationEventPublisher publisher;
    private volatile boolean running;

    /**
     * Creates a publisher.
     *
     * @param elections the elections to listen to
     * @param publisher where to publish
     */
    public ElectionEventPublisher(List<Election> elections, ApplicationEventPublisher publisher) {
        this.elections = List.copyOf(elections);
        this.publisher = publisher;
        this.elections.forEach(election -> election.addListener(event -> publish(election, event)));
    }

    /** Before the elections start; by then every listener of the application is registered. */
    @Override
    public int getPhase() {
        return ManagedElection.PHASE - 1;
    }

    @Override
    public void start() {
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

    private void publish(Election election, ElectionEvent event) {
        if (event instanceof LeaderChanged change) {
            publisher.publishEvent(
                    switch (change.state()) {
                        case IS_LEADER -> new LeadershipGrantedEvent(election, change);
                        case RETIRE_FROM_LEADER -> new LeadershipRevokedEvent(election, change);
                        case IS_NOT_LEADER -> new LeaderChangedEvent(election, change);
                    });
        } else if (event instanceof ElectionError error) {
            publisher.publishEvent(new ElectionErrorEvent(election, error));
        }
    }
}
