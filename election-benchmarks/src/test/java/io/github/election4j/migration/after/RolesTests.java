package io.github.election4j.migration.after;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig;
import io.github.election4j.embedded.testing.ControllableElection;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.integration.ElectionIntegrationAutoConfiguration;
import io.github.election4j.spring.autoconfigure.work.LeaderOnlyAutoConfiguration;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.support.SmartLifecycleRoleController;

/** Endpoints of Spring Integration and beans follow the leadership by events. */
class RolesTests {
    @Test
    void endpointsOfTheRoleAndBeansRunWhileThisMemberLeads() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run()) {
            ControllableElection election = context.getBean(ControllableElection.class);
            SmartLifecycleRoleController roles = context.getBean(SmartLifecycleRoleController.class);
            List<String> seen = context.getBean(Application.class).seen;
            assertThat(roles.getRoles()).containsExactly("reports");
            assertThat(roles.noEndpointsRunning("reports")).isTrue();

            election.grant();
            assertThat(roles.allEndpointsRunning("reports")).isTrue();
            assertThat(seen).containsExactly("connected");

            election.revoke();
            assertThat(roles.noEndpointsRunning("reports")).isTrue();
            assertThat(seen).containsExactly("connected", "disconnected");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableIntegration
    @ImportAutoConfiguration({
        ElectionAutoConfiguration.class,
        LeaderOnlyAutoConfiguration.class,
        ElectionIntegrationAutoConfiguration.class
    })
    static class Application {
        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Bean
        ControllableElection election() {
            return new ControllableElection(ElectionConfig.of("/reports", "m1").withName("reports"), Clock.systemUTC());
        }

        @Bean
        Orders reportOrders() {
            return new Orders(seen::add);
        }

        @Bean
        Feed feed() {
            return new Feed(() -> seen.add("connected"), () -> seen.add("disconnected"));
        }
    }
}
