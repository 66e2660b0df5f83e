package io.github.election4j.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionStatus;
import io.github.election4j.Eviction;
import io.github.election4j.LeaderTerm;
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
            @Nullable Member leader,
            boolean evicted,
            List<Waiting> candidates,
            List<Evicted> evictions,
            @Nullable Long fencingToken,
            Instant since,
            @Nullable String lastError,
            List<Change> history,
            List<Term> terms)
            implements OperationResponseBody {
        static One of(Election election) {
            ElectionStatus status = election.status();
            return new One(
                    election.key(),
                    election.id(),
                    election.address(),
                    status.state().name(),
                    Member.of(status.leader()),
                    status.evicted(),
                    status.candidates().stream().map(Waiting::of).toList(),
                    status.evictions().stream().map(Evicted::of).toList(),
                    status.fencingToken(),
                    status.since(),
                    status.lastError(),
                    status.history().stream().map(Change::of).toList(),
                    status.terms().stream().map(Term::of).toList());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Member(String id, String address, String key, long fencingToken) {
        static @Nullable Member of(@Nullable Candidate candidate) {
            return candidate == null
                    ? null
                    : new Member(candidate.id(), candidate.address(), candidate.key(), candidate.fencingToken());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Waiting(
            String id,
            String address,
            String key,
            long fencingToken,
            @Nullable Instant since) {
        static Waiting of(Candidate candidate) {
            return new Waiting(
                    candidate.id(), candidate.address(), candidate.key(), candidate.fencingToken(), candidate.since());
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
    record Term(
            String id,
            String address,
            long fencingToken,
            Instant from,
            @Nullable Instant until,
            @Nullable String reason,
            @Nullable String by) {
        static Term of(LeaderTerm term) {
            return new Term(
                    term.id(),
                    term.address(),
                    term.fencingToken(),
                    term.from(),
                    term.until(),
                    term.reason() == null ? null : term.reason().name(),
                    term.by().isEmpty() ? null : term.by());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Change(
            Instant time,
            String state,
            String reason,
            @Nullable Member previousLeader,
            @Nullable Member leader,
            @Nullable Long fencingToken) {
        static Change of(LeaderChanged change) {
            return new Change(
                    change.time(),
                    change.state().name(),
                    change.reason().name(),
                    Member.of(change.previous()),
                    Member.of(change.leader()),
                    change.fencingToken());
        }
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Outcome(
            String election,
            String operation,
            String outcome,
            @Nullable Member leader) implements OperationResponseBody {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Leader(String election, @Nullable Member leader) implements OperationResponseBody {}

    record Problem(int status, String message) implements OperationResponseBody {
        static WebEndpointResponse<OperationResponseBody> response(int status, String message) {
            return new WebEndpointResponse<>(new Problem(status, message), status);
        }
    }
}
