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
                        .anyExchange()
                        .hasRole("OPERATOR"))
                .httpBasic(withDefaults())
                .csrf(CsrfSpec::disable)
                .build();
    }

    @Bean
    SecurityWebFilterChain everythingElse(ServerHttpSecurity http) {
        return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                .httpBasic(withDefaults())
                .formLogin(withDefaults())
                .build();
    }
}
