package io.github.election4j.spring.security;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.github.election4j.Election;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.Elections;
import io.github.election4j.OperationOutcome;
import io.github.election4j.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** Has users, and an election that needs no etcd: who may ask does not depend on what is answered. */
@SpringBootConfiguration
@EnableAutoConfiguration
class SecuredApplication {
    @Bean
    Elections session() {
        Elections session = mock(Elections.class);
        given(session.session())
                .willReturn(new SessionStatus(SessionStatus.State.ACTIVE, 1, Duration.ZERO, Duration.ZERO, null));
        return session;
    }

    @Bean
    Election mine() {
        Election election = mock(Election.class);
        given(election.name()).willReturn("default");
        given(election.key()).willReturn("/election/shop");
        given(election.id()).willReturn("m1");
        given(election.address()).willReturn("");
        given(election.leader()).willReturn(Optional.empty());
        given(election.candidates()).willReturn(List.of());
        given(election.status())
                .willReturn(new ElectionStatus(
                        "default",
                        "/election/shop",
                        "m1",
                        "",
                        ElectionState.EVICTED,
                        null,
                        true,
                        List.of(),
                        List.of(),
                        null,
                        Instant.EPOCH,
                        null,
                        List.of(),
                        List.of()));
        given(election.evict()).willReturn(CompletableFuture.completedFuture(OperationOutcome.ALREADY_EVICTED));
        given(election.clear(any())).willReturn(CompletableFuture.completedFuture(OperationOutcome.NOT_FOUND));
        return election;
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(user("reader", "READER"), user("operator", "OPERATOR"));
    }

    @Bean
    MapReactiveUserDetailsService reactiveUsers() {
        return new MapReactiveUserDetailsService(user("reader", "READER"), user("operator", "OPERATOR"));
    }

    private static UserDetails user(String name, String role) {
        return User.withUsername(name).password("{noop}secret").roles(role).build();
    }
}
