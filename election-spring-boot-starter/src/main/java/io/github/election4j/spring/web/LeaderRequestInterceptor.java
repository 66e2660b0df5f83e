package io.github.election4j.spring.web;

import io.github.election4j.Election;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Sends the requests of a {@code RestClient} to whoever leads: those of a client without a base URL, whose URIs are
 * paths. Any thread.
 *
 * <p>The leader is resolved for each request. One that fails with {@link io.github.election4j.spring.NoLeaderException}
 * was not sent: nobody is known to lead, or the leader has no address that it can be sent to. One that names a host
 * fails with {@link IllegalArgumentException}. If the connection is refused, an idempotent request (all but POST and
 * PATCH) is sent once more, to who leads by then. Nothing else is repeated.
 *
 * @since 0.1.0
 */
public final class LeaderRequestInterceptor implements ClientHttpRequestInterceptor {
    private final Election election;

    /**
     * Creates an interceptor.
     *
     * @param election whose leader requests are sent to; this member need not lead, nor be a candidate
     */
    public LeaderRequestInterceptor(Election election) {
        this.election = election;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        try {
            return execution.execute(toLeader(request), body);
        } catch (IOException failed) {
            if (!LeaderTarget.mayRepeat(request.getMethod(), failed)) {
                throw failed;
            }
            return execution.execute(toLeader(request), body);
        }
    }

    private HttpRequest toLeader(HttpRequest request) {
        return new LeaderRequest(request, LeaderTarget.of(election, request.getURI()));
    }

    /** One attempt; its headers are its own. */
    private static final class LeaderRequest extends HttpRequestWrapper {
        private final URI uri;
        private final HttpHeaders headers;

        LeaderRequest(HttpRequest request, LeaderTarget target) {
            super(request);
            this.uri = target.uri();
            this.headers = HttpHeaders.copyOf(request.getHeaders());
            target.mark(headers);
        }

        @Override
        public URI getURI() {
            return uri;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
