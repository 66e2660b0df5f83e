package io.github.election4j.migration.before;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;
import org.springframework.integration.support.locks.LockRegistry;

@Configuration(proxyBeanMethods = false)
class LeaderConfiguration {
    @Bean
    LockRegistryLeaderInitiator leaderInitiator(LockRegistry<?> locks) {
        return new LockRegistryLeaderInitiator(locks, new DefaultCandidate("m1", "reports"));
    }
}
