package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.spring.web.LeaderAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, as its client sent it.
 *
 * @param path encoded, with the context path
 * @param contextPath encoded, empty for none; the path begins with it
 * @param query encoded; null for none
 */
record RequestedPath(
        String path, String contextPath, @Nullable String query) {
    private static final String MARKER = "election-redirected";

    /** Whether a member has redirected it already: two that take each other for the leader would go on for ever. */
    boolean isRedirected() {
        return query != null
                && Arrays.stream(query.split("&"))
                        .anyMatch(each -> each.equals(MARKER) || each.startsWith(MARKER + "="));
    }

    /** The same with the leader, marked as redirected; empty if it cannot be put into a URI. */
    Optional<URI> at(LeaderAddress leader) {
        String marker = MARKER + "=true";
        try {
            return Optional.of(leader.resolve(
                    pathBelow(leader), query == null || query.isEmpty() ? marker : query + "&" + marker));
        } catch (URISyntaxException noUri) {
            return Optional.empty();
        }
    }

    /** An address has the context path in it, or it does not. */
    private String pathBelow(LeaderAddress leader) {
        return !contextPath.isEmpty() && leader.basePath().endsWith(contextPath) && path.startsWith(contextPath)
                ? path.substring(contextPath.length())
                : path;
    }
}
