package io.github.election4j.spring.security;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class ReactiveEndpointSecurity {
    @Bean
    @Order(0)
    SecurityWebFilterChain electionEndpoints(ServerHttpSecurity http) {
        return http.securityMatcher(EndpointRequest.to("election", "leader"))
                .authorizeExchange(exchanges -> exchanges
                        .matchers(EndpointRequest.to("leader"))
                        .permitAll()
                        .matchers(EndpointRequest.to("election").withHttpMethod(HttpMethod.GET))
                        .hasAnyRole("READER", "OPERATOR")
                        .matchers(ReactiveEndpointSecurity::isOfAnotherSite)
                        .denyAll()
                        .anyExchange()
                        .hasRole("OPERATOR"))
                .httpBasic(withDefaults())
                .csrf(CsrfSpec::disable)
                .build();
    }

    /** As browsers say themselves; what is no browser says nothing. */
    private static Mono<MatchResult> isOfAnotherSite(ServerWebExchange exchange) {
        String site = exchange.getRequest().getHeaders().getFirst("Sec-Fetch-Site");
        boolean other = site != null && !site.equals("same-origin") && !site.equals("none");
        return other ? MatchResult.match() : MatchResult.notMatch();
    }

    @Bean
    SecurityWebFilterChain everythingElse(ServerHttpSecurity http) {
        return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                .httpBasic(withDefaults())
                .formLogin(withDefaults())
                .build();
    }
}
