package io.github.election4j.spring.security;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

@Configuration(proxyBeanMethods = false)
class EndpointSecurity {
    @Bean
    @Order(0)
    SecurityFilterChain electionEndpoints(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.to("election", "leader"))
                .authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("leader"))
                        .permitAll()
                        .requestMatchers(EndpointRequest.to("election").withHttpMethod(HttpMethod.GET))
                        .hasAnyRole("READER", "OPERATOR")
                        .requestMatchers(EndpointSecurity::isOfAnotherSite)
                        .denyAll()
                        .anyRequest()
                        .hasRole("OPERATOR"))
                .httpBasic(withDefaults())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    /** As browsers say themselves; what is no browser says nothing. */
    private static boolean isOfAnotherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    @Bean
    SecurityFilterChain everythingElse(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .httpBasic(withDefaults())
                .formLogin(withDefaults())
                .build();
    }
}
