package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.spring.NotLeaderException;
import io.github.election4j.spring.web.ElectionHeaders;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Looks at each request, after the filters that decide who may ask. Answers itself: no advice hears of filters. */
class WebFluxTermFilter implements WebFilter, Ordered {
    private final RequestedTerms terms;
    private final NotLeaderAnswers answers;
    private final ServerResponse.Context context;

    WebFluxTermFilter(RequestedTerms terms, NotLeaderAnswers answers, ServerCodecConfigurer codecs) {
        this.terms = terms;
        this.answers = answers;
        this.context = new Codecs(codecs);
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        try {
            terms.require(headers.getFirst(ElectionHeaders.NAME), headers.getFirst(ElectionHeaders.TOKEN));
        } catch (NotLeaderException refused) {
            return write(answers.to(refused, WebFluxNotLeaderAdvice.path(exchange.getRequest())), exchange);
        } catch (UnusableTermException refused) {
            return write(answers.to(refused), exchange);
        }
        return chain.filter(exchange);
    }

    private Mono<Void> write(ResponseEntity<ProblemDetail> answer, ServerWebExchange exchange) {
        ServerResponse.BodyBuilder response =
                ServerResponse.status(answer.getStatusCode()).headers(headers -> headers.addAll(answer.getHeaders()));
        ProblemDetail problem = answer.getBody();
        return (problem == null ? response.build() : response.bodyValue(problem))
                .flatMap(written -> written.writeTo(exchange, context));
    }

    /** Writes bodies as the application does. */
    private record Codecs(ServerCodecConfigurer codecs) implements ServerResponse.Context {
        @Override
        public List<HttpMessageWriter<?>> messageWriters() {
            return codecs.getWriters();
        }

        @Override
        public List<ViewResolver> viewResolvers() {
            return List.of();
        }
    }
}
