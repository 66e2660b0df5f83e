package io.github.election4j.spring.integration;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.spring.ElectionEventTranslator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;

/**
 * Tells Spring Integration of the terms of this member, as its own leader initiators do. The role is the name of the
 * election.
 *
 * @since 0.1.0
 */
public final class IntegrationLeaderEvents implements ElectionEventTranslator {
    @Override
    public @Nullable ApplicationEvent translate(Election election, LeaderChanged change) {
        Context context = new ElectionContext(election);
        return switch (change.state()) {
            case IS_LEADER -> new OnGrantedEvent(election, context, election.name());
            case RETIRE_FROM_LEADER -> new OnRevokedEvent(election, context, election.name());
            case IS_NOT_LEADER -> null;
        };
    }

    private record ElectionContext(Election election) implements Context {
        @Override
        public boolean isLeader() {
            return election.isLeader();
        }

        /** Without effect on a follower, which would lose its place in the queue. */
        @Override
        public void yield() {
            if (election.isLeader()) {
                var unused = election.resign();
            }
        }

        @Override
        public String getRole() {
            return election.name();
        }
    }
}
