package io.github.election4j.spring.web;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.spring.NoLeaderException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriUtils;

/**
 * Where one attempt of a request goes: to who leads now.
 *
 * @param uri absolute
 * @param election its name
 * @param token the fencing token of the leader
 */
record LeaderTarget(URI uri, String election, long token) {
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /**
     * {@return where a request goes now}
     *
     * @throws IllegalArgumentException if the request names a host
     * @throws NoLeaderException if nobody leads, or nothing can be sent to who does
     */
    static LeaderTarget of(Election election, URI request) {
        if (request.isAbsolute() || request.getRawAuthority() != null) {
            throw new IllegalArgumentException("A request for the leader of election '" + election.name()
                    + "' names a host: '" + request + "'. Give its path and query only, as in '/orders?open=true'.");
        }
        Candidate leader =
                election.leader().orElseThrow(() -> new NoLeaderException(election.name(), "nobody is known to lead"));
        LeaderAddress address = LeaderAddress.parse(leader.address())
                .orElseThrow(() -> new NoLeaderException(election.name(), unusable(leader)));
        try {
            URI uri = address.resolve(request.getRawPath(), request.getRawQuery());
            return new LeaderTarget(uri, election.name(), leader.fencingToken());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e); // Both parts are those of URIs.
        }
    }

    private static String unusable(Candidate leader) {
        return leader.address().isEmpty()
                ? "'" + leader.id() + "' leads and has no address"
                : "'" + leader.id() + "' leads, and its address '" + leader.address()
                        + "' is no http or https URI of a host, a port and a path only";
    }

    /** Tells the leader that it is meant, and in which term. */
    void mark(HttpHeaders headers) {
        headers.set(ElectionHeaders.NAME, UriUtils.encode(election, StandardCharsets.UTF_8));
        headers.set(ElectionHeaders.TOKEN, Long.toString(token));
    }

    /** Whether a request may be sent again: nothing listened, so the leader may be another by now. */
    static boolean mayRepeat(HttpMethod method, Throwable failure) {
        return IDEMPOTENT.contains(method) && isRefused(failure);
    }

    private static boolean isRefused(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }
}
