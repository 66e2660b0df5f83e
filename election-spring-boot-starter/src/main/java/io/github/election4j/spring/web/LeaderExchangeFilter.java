package io.github.election4j.spring.web;

import io.github.election4j.Election;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Sends the requests of a {@code WebClient} to whoever leads: those of a client without a base URL, whose URIs are
 * paths. Any thread; never blocks.
 *
 * <p>As {@link LeaderRequestInterceptor}, with the leader resolved at each subscription, and failures as error signals.
 *
 * @since 0.1.0
 */
public final class LeaderExchangeFilter implements ExchangeFilterFunction {
    private final Election election;

    /**
     * Creates a filter.
     *
     * @param election whose leader requests are sent to; this member need not lead, nor be a candidate
     */
    public LeaderExchangeFilter(Election election) {
        this.election = election;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        Mono<ClientResponse> attempt = Mono.defer(() -> next.exchange(toLeader(request)));
        return attempt.onErrorResume(failed -> LeaderTarget.mayRepeat(request.method(), failed), failed -> attempt);
    }

    private ClientRequest toLeader(ClientRequest request) {
        LeaderTarget target = LeaderTarget.of(election, request.url());
        return ClientRequest.from(request)
                .url(target.uri())
                .headers(target::mark)
                .build();
    }
}
