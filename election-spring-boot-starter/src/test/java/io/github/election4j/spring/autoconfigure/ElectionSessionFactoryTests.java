package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.spi.EngineObserver;
import io.github.election4j.testing.FreePort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing listens where these sessions would connect to. */
class ElectionSessionFactoryTests {
    private final ElectionProperties properties = new ElectionProperties();

    @Test
    void buildsAnotherSessionEachTime() {
        ElectionSessionFactory factory = factory();
        try (Elections first = factory.create();
                Elections second = factory.create()) {
            assertThat(second).isNotSameAs(first);
        }
    }

    @Test
    void refusesBadSettingsBeforeASessionIsWanted() {
        properties.setLeaseDuration(Duration.ofSeconds(1));
        assertThatThrownBy(this::factory)
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContaining("leaseDuration");
    }

    @Test
    void blamesConnectionDetailsForWhatTheyWantAndNotAProperty() {
        assertThatThrownBy(() -> factory(() -> List.of("etcd")))
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageStartingWith(
                        "EtcdConnectionDetails from " + getClass().getName())
                .hasMessageContaining("endpoints: 'etcd' is not a URL");
    }

    private ElectionSessionFactory factory() {
        return factory(() -> List.of("http://127.0.0.1:" + FreePort.find()));
    }

    private ElectionSessionFactory factory(EtcdConnectionDetails details) {
        return new ElectionSessionFactory(
                properties,
                details,
                new EtcdClientFactory(properties.getEtcd(), details, List.of()),
                () -> new UserClient(List.of(), null),
                EngineObserver.NONE);
    }
}
