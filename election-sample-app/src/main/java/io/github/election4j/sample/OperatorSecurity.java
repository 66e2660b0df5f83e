package io.github.election4j.sample;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.Assert;

/**
 * Operating an election needs the operator, in every profile; the profile {@code operate} opens what is secured here.
 * Reading is open to whoever reaches the port, and there is nothing else that could be asked for.
 */
@Configuration(proxyBeanMethods = false)
class OperatorSecurity {
    /**
     * There is no session that a forged request could use. A browser that knows the password sends it by itself, and
     * says when a page of another site has made it do so; programs say nothing.
     */
    @Bean
    SecurityFilterChain operations(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.to("election").withHttpMethod(HttpMethod.POST))
                .authorizeHttpRequests(requests -> requests.requestMatchers(OperatorSecurity::isOfAnotherSite)
                        .denyAll()
                        .anyRequest()
                        .hasRole("OPERATOR"))
                .httpBasic(withDefaults())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    private static boolean isOfAnotherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** Nobody, unless a password is set: {@code {bcrypt}...}, or {@code {noop}...} in plain text. */
    @Bean
    UserDetailsService operators(@Value("${operator.password:}") String password) {
        InMemoryUserDetailsManager operators = new InMemoryUserDetailsManager();
        if (!password.isEmpty()) {
            Assert.isTrue(
                    password.startsWith("{"),
                    "operator.password does not say how it is encoded: let it begin with {bcrypt},"
                            + " or with {noop} if it is plain text");
            operators.createUser(User.withUsername("operator")
                    .password(password)
                    .roles("OPERATOR")
                    .build());
        }
        return operators;
    }
}
