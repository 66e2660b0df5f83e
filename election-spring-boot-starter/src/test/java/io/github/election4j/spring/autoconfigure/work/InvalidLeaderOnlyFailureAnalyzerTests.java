package io.github.election4j.spring.autoconfigure.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.github.election4j.spring.LeaderOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What an application says that cannot start. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidLeaderOnlyFailureAnalyzerTests {
    @Test
    void saysWhereWhyAndWhatToDo(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--spring.application.name=shop",
                                "--spring.main.lazy-initialization=true",
                                "--election.auto-startup=false")
                        .close());

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("@LeaderOnly on " + Orders.class.getName() + ".ship() cannot work: it is called on this in "
                        + Orders.class.getName() + ".all(), which no proxy sees: a follower would make the call too.")
                .contains("Call it on another bean, or inject this bean into itself (@Lazy) and call it on that.");
    }

    static class Orders {
        @LeaderOnly
        void ship() {}

        void all() {
            ship();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Orders.class)
    static class Application {}
}
