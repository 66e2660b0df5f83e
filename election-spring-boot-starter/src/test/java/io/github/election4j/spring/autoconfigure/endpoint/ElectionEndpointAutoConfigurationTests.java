package io.github.election4j.spring.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.github.election4j.spring.actuate.ElectionEndpointJmxExtension;
import io.github.election4j.spring.actuate.ElectionEndpointWebExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ElectionEndpointAutoConfigurationTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ElectionEndpointAutoConfiguration.class))
            .withBean(Elections.class, () -> mock(Elections.class))
            .withBean(Election.class, () -> mock(Election.class));

    @Test
    void hasNothingThatIsNotExposed() {
        runner.run(context -> assertThat(context)
                .doesNotHaveBean(ElectionEndpoint.class)
                .doesNotHaveBean(ElectionEndpointWebExtension.class)
                .doesNotHaveBean(ElectionEndpointJmxExtension.class));
    }

    @Test
    void hasWhatTheWebNeedsWhereItIsExposedThere() {
        runner.withPropertyValues("management.endpoints.web.exposure.include=election")
                .run(context -> assertThat(context)
                        .hasSingleBean(ElectionEndpoint.class)
                        .hasSingleBean(ElectionEndpointWebExtension.class)
                        .doesNotHaveBean(ElectionEndpointJmxExtension.class));
    }

    @Test
    void hasWhatJmxNeedsWhereItIsExposedThere() {
        runner.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=election")
                .run(context -> assertThat(context)
                        .hasSingleBean(ElectionEndpoint.class)
                        .hasSingleBean(ElectionEndpointJmxExtension.class)
                        .doesNotHaveBean(ElectionEndpointWebExtension.class));
    }

    @Test
    void leavesTheEndpointToTheUser() {
        ElectionEndpoint mine = new ElectionEndpoint(mock(Elections.class), List.of(), null);
        runner.withPropertyValues("management.endpoints.web.exposure.include=election")
                .withBean(ElectionEndpoint.class, () -> mine)
                .run(context -> {
                    assertThat(context.getBean(ElectionEndpoint.class)).isSameAs(mine);
                    assertThat(context).hasSingleBean(ElectionEndpointWebExtension.class);
                });
    }
}
