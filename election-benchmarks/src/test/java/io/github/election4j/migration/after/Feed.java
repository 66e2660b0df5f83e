package io.github.election4j.migration.after;

import io.github.election4j.spring.LeadershipGrantedEvent;
import io.github.election4j.spring.LeadershipRevokedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

@Component
class Feed {
    private final Runnable connect;
    private final Runnable disconnect;

    Feed(Runnable connect, Runnable disconnect) {
        this.connect = connect;
        this.disconnect = disconnect;
    }

    @EventListener(LeadershipGrantedEvent.class)
    void start() {
        connect.run();
    }

    @EventListener(LeadershipRevokedEvent.class)
    void stop() {
        disconnect.run(); // the successor begins when this has returned
    }
}
