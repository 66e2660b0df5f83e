package io.github.election4j.spring.health;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionStatus;
import io.github.election4j.Elections;
import io.github.election4j.SessionStatus;
import io.github.election4j.spring.ManagedElection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health of the session: up for leaders and followers alike, down only when the session cannot be renewed. Local; asks
 * nobody.
 *
 * @since 0.1.0
 */
public class ElectionHealthIndicator extends AbstractHealthIndicator {
    private final Elections session;
    private final List<Election> elections;
    private final @Nullable String notice;

    /**
     * Creates an indicator.
     *
     * @param session the session
     * @param elections the elections to tell of
     * @param notice what people should know of this etcd; null for nothing
     */
    public ElectionHealthIndicator(Elections session, List<Election> elections, @Nullable String notice) {
        super("Election health check failed");
        this.session = session;
        this.elections = List.copyOf(elections);
        this.notice = notice;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        SessionStatus status = session.session();
        switch (status.state()) {
            case ACTIVE -> builder.up();
            case CONNECTING -> builder.unknown();
            case DISCONNECTED, CLOSED -> builder.down();
        }
        builder.withDetail("session", status.state().name());
        if (notice != null) {
            builder.withDetail("notice", notice);
        }
        if (status.lastError() != null) {
            builder.withDetail("lastError", status.lastError());
        }
        Map<String, Object> byName = new LinkedHashMap<>();
        elections.forEach(election -> byName.put(election.name(), details(election)));
        builder.withDetail("elections", byName);
    }

    private static Map<String, Object> details(Election election) {
        ElectionStatus status = election.status();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", status.state().name());
        if (election instanceof ManagedElection managed && !managed.isRunning()) {
            details.put("notJoined", managed.whyOut());
        }
        Candidate leader = status.leader();
        details.put("leader", leader == null ? "" : leader.id());
        details.put("candidates", status.candidates().size());
        details.put("evicted", status.evicted());
        if (status.fencingToken() != null) {
            details.put("fencingToken", status.fencingToken());
        }
        if (status.lastError() != null) {
            details.put("lastError", status.lastError());
        }
        return details;
    }
}
