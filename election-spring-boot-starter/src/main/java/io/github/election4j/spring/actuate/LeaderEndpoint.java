package io.github.election4j.spring.actuate;

import io.github.election4j.Election;
import io.github.election4j.spring.actuate.ElectionDescriptors.Leader;
import io.github.election4j.spring.actuate.ElectionDescriptors.Member;
import io.github.election4j.spring.actuate.ElectionDescriptors.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Actuator endpoint for load balancers: 200 on the leader, 503 on everybody else. Local, and exact for the instant of
 * the answer. Not for readiness: a member that is not ready is never replaced by a roll-out that waits for it.
 *
 * @since 0.1.0
 */
@WebEndpoint(id = "leader")
public class LeaderEndpoint {
    private final Map<String, Election> elections = new LinkedHashMap<>();

    /**
     * Creates an endpoint.
     *
     * @param elections the elections to tell of
     */
    public LeaderEndpoint(List<Election> elections) {
        elections.forEach(election -> this.elections.put(election.name(), election));
    }

    /** {@return whether this member leads the only election} */
    @ReadOperation
    public WebEndpointResponse<?> leader() {
        return elections.size() == 1
                ? leader(elections.keySet().iterator().next())
                : Problem.response(
                        WebEndpointResponse.STATUS_BAD_REQUEST,
                        "Name the election: /leader/{name}. There are " + elections.keySet() + ".");
    }

    /**
     * {@return whether this member leads an election}
     *
     * @param name the name of the election
     */
    @ReadOperation
    public WebEndpointResponse<?> leader(@Selector String name) {
        Election election = elections.get(name);
        if (election == null) {
            return Problem.response(
                    WebEndpointResponse.STATUS_NOT_FOUND,
                    "Unknown election '" + name + "'. There are " + elections.keySet() + ".");
        }
        return new WebEndpointResponse<>(
                new Leader(name, Member.of(election.leader().orElse(null))),
                election.isLeader() ? WebEndpointResponse.STATUS_OK : WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
    }
}
