package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.github.election4j.spring.autoconfigure.health.ElectionHealthAutoConfiguration;
import io.github.election4j.spring.autoconfigure.metrics.ElectionMetricsAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** What an application with a web server says of settings that it cannot use, and when. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidSettingsTests {
    private final List<Object> webServers = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "election.instances.a.step-down-timeout=2h | election.instances.a.step-down-timeout: PT2H is out",
                "election.instances.a.id=                  | election.instances.a.id: is blank",
                "election.instances.a.key=                 | election.instances.a.key: is blank",
                "election.instances.a.address=a\u0007b     | election.instances.a.address: has the control",
                "election.address=a\u0007b                 | election.address: has the control character U+0007",
                "election.id=\ud800                        | election.id: has half of a character, U+D800, at index 0",
                "election.step-down-timeout=2h             | election.step-down-timeout: PT2H is out of range",
                "election.key=                             | election.key: is blank",
                "election.etcd.endpoints=etcd              | election.etcd.endpoints: 'etcd' is not a URL",
                "election.etcd.user=me                     | election.etcd.user and election.etcd.password",
                "election.etcd.user=a\u0007b               | election.etcd.user: has the control character U+0007",
                "election.etcd.namespace=a\u0007b         | election.etcd.namespace: has the control character U+0007",
                "election.etcd.connect-timeout=0           | election.etcd.connect-timeout: PT0S is not positive",
                "election.etcd.request-timeout=1m          | election.etcd.request-timeout and election.lease-duration",
                "election.lease-duration=10                | election.lease-duration: PT0.01S is out of range"
            })
    void areRefusedByNameBeforeTheWebServerStarts(String setting, String analysis, CapturedOutput output) {
        for (String lazy : List.of("false", "true")) {
            assertThatException()
                    .isThrownBy(() -> run("--spring.main.lazy-initialization=" + lazy, "--" + setting)
                            .close());
            assertThat(webServers).isEmpty();
        }
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The election is misconfigured: " + analysis)
                .contains("Origin:");
    }

    @Test
    void ofTheCommonSettingAreCalledSoThoughAnInstanceSuffers(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> run("--election.instances.a.evicted=true", "--election.step-down-timeout=2h")
                        .close());
        assertThat(output).contains("misconfigured: election.step-down-timeout: PT2H is out of range");
    }

    @Test
    void ofTwoElectionsAreBothNamed(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> run("--election.instances.a.key=/same", "--election.instances.b.key=/same")
                        .close());
        assertThat(output)
                .contains("misconfigured: election.instances.a.key and election.instances.b.key: the elections [a, b]"
                        + " share the key '/same'");
    }

    @Test
    void areTakenForNoMoreThanTheyAre(CapturedOutput output) {
        run(
                        "--election.auto-startup=false",
                        "--election.step-down-timeout=5",
                        "--election.etcd.request-timeout=500",
                        "--election.instances.a.step-down-timeout=7",
                        "--election.instances.a.evicted=true")
                .close();
        assertThat(webServers).hasSize(1);
        assertThat(output)
                .contains("election.step-down-timeout=5 is 5ms: a number without a unit is milliseconds; write 5s")
                .contains("election.instances.a.step-down-timeout=7 is 7ms")
                .doesNotContain("500ms");
    }

    private ConfigurableApplicationContext run(String... arguments) {
        ApplicationListener<WebServerInitializedEvent> listener = webServers::add;
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server.port=0", "--spring.main.banner-mode=off", "--spring.application.name=shop"));
        // Neither is ever lazy, and would ask for every election early.
        all.add("--spring.autoconfigure.exclude=" + ElectionMetricsAutoConfiguration.class.getName() + ","
                + ElectionHealthAutoConfiguration.class.getName());
        return new SpringApplicationBuilder(Application.class)
                .listeners(listener)
                .run(all.toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
