package io.github.election4j.migration.after;

import io.github.election4j.spring.LeadershipGrantedEvent;
import io.github.election4j.spring.LeadershipRevokedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.integration.support.SmartLifecycleRoleController;
import org.springframework.stereotype.Component;

@Component
class Roles {
    private final SmartLifecycleRoleController roles;

    Roles(SmartLifecycleRoleController roles) {
        this.roles = roles;
    }

    @EventListener(LeadershipGrantedEvent.class)
    void start() {
        roles.startLifecyclesInRole("reports");
    }

    @EventListener(LeadershipRevokedEvent.class)
    void stop() {
        roles.stopLifecyclesInRole("reports");
    }
}
