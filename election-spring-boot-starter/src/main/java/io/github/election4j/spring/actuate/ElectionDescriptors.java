package io.github.election4j.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionStatus;
import io.github.election4j.Eviction;
import io.github.election4j.SessionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What the endpoints answer. Null is told, not left out: nobody leads is an answer. Whatever the application sets for
 * its own JSON does not change it.
 */
final class ElectionDescriptors {
    private ElectionDescriptors() {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record All(Session session, Map<String, One> elections) implements OperationResponseBody {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Session(
            String state,
            @Nullable String leaseId,
            long grantedTtlMs,
            long validForMs,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String notice) {
        static Session of(SessionStatus status, @Nullable String notice) {
            return new Session(
                    status.state().name(),
                    status.leaseId() == 0 ? null : Long.toHexString(status.leaseId()),
                    status.grantedTtl().toMillis(),
                    status.validFor().toMillis(),
                    notice);
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record One(
            String key,
            String id,
            String address,
            String state,
            @Nullable Candidate leader,
            boolean evicted,
            List<Candidate> candidates,
            List<Evicted> evictions,
            @Nullable Long fencingToken,
            Instant since,
            @Nullable String lastError,
            List<Change> history)
            implements OperationResponseBody {
        static One of(Election election) {
            ElectionStatus status = election.status();
            return new One(
                    election.key(),
                    election.id(),
                    election.address(),
                    status.state().name(),
                    status.leader(),
                    status.evicted(),
                    status.candidates(),
                    status.evictions().stream().map(Evicted::of).toList(),
                    status.fencingToken(),
                    status.since(),
                    status.lastError(),
                    status.history().stream().map(Change::of).toList());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Evicted(
            String id,
            String by,
            String reason,
            @Nullable Instant since,
            @Nullable Instant until) {
        static Evicted of(Eviction eviction) {
            return new Evicted(eviction.id(), eviction.by(), eviction.reason(), eviction.since(), eviction.until());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Change(
            Instant time,
            String state,
            String reason,
            @Nullable Candidate previousLeader,
            @Nullable Candidate leader,
            @Nullable Long fencingToken) {
        static Change of(LeaderChanged change) {
            return new Change(
                    change.time(),
                    change.state().name(),
                    change.reason().name(),
                    change.previous(),
                    change.leader(),
                    change.fencingToken());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Outcome(
            String election,
            String operation,
            String outcome,
            @Nullable Candidate leader) implements OperationResponseBody {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Leader(String election, @Nullable Candidate leader) implements OperationResponseBody {}

    record Problem(int status, String message) implements OperationResponseBody {
        static WebEndpointResponse<OperationResponseBody> response(int status, String message) {
            return new WebEndpointResponse<>(new Problem(status, message), status);
        }
    }
}
