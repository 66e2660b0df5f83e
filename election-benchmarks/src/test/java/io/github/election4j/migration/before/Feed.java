package io.github.election4j.migration.before;

import org.springframework.context.event.EventListener;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;
import org.springframework.stereotype.Component;

@Component
class Feed {
    private final Runnable connect;
    private final Runnable disconnect;

    Feed(Runnable connect, Runnable disconnect) {
        this.connect = connect;
        this.disconnect = disconnect;
    }

    @EventListener(OnGrantedEvent.class)
    void start() {
        connect.run();
    }

    @EventListener(OnRevokedEvent.class)
    void stop() {
        disconnect.run();
    }
}
