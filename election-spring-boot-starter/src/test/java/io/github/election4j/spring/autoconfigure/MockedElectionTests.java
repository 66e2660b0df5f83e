package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spring.ManagedElection;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** A test of a user's, who lets his application lead and follow as he says. */
@SpringBootTest(
        classes = MockedElectionTests.Application.class,
        properties = {
            "spring.application.name=shop",
            "election.etcd.endpoints=http://127.0.0.1:1",
            "management.endpoints.web.exposure.include=election"
        })
class MockedElectionTests {
    @MockitoBean
    private Election election;

    @Autowired
    private ApplicationContext context;

    @Test
    void theMockIsWhatTheApplicationInjects() {
        when(election.isLeader()).thenReturn(true);

        assertThat(context.getBean(Application.Job.class).election().isLeader()).isTrue();
        assertThat(context.getBeanNamesForType(ManagedElection.class)).isEmpty();
        assertThat(context.getBeanNamesForType(Elections.class)).hasSize(1);
        assertThat(context.getBeanNamesForType(ElectionEndpoint.class)).hasSize(1);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        record Job(Election election) {}

        @Bean
        Job job(Election election) {
            return new Job(election);
        }

        @Bean
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }
}
