package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Browsers get the page, and everybody else the JSON. */
@NeedsEtcd
@Timeout(120)
class ElectionPageAnswersIT {
    private static final String ACTUATOR = "application/vnd.spring-boot.actuator.v3+json";

    /** As Firefox, Chromium and Safari ask for a page, and somebody who wants nothing else. */
    private static final List<String> BROWSERS = List.of(
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
                    + "application/signed-exchange;v=b3;q=0.7",
            "text/html;q=0.9,*/*;q=0.1",
            "text/html");

    @ParameterizedTest
    @CsvSource({
        "servlet, unrestricted, server.port=0",
        "servlet, read-only, management.server.port=0",
        "reactive, unrestricted, server.port=0"
    })
    void onlyWhoPrefersHtmlGetsIt(String type, String access, String port) {
        try (TestEtcd etcd = TestEtcd.started();
                ConfigurableApplicationContext application = TestApplication.run(
                        etcd,
                        "member.example",
                        "spring.main.web-application-type=" + type,
                        "management.endpoint.election.access=" + access,
                        port)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> application.getBean(Election.class).isLeader());
            for (String accept : BROWSERS) {
                HttpResponse<String> page = get(application, "/election", accept);
                assertThat(page.statusCode()).as(accept).isEqualTo(200);
                assertThat(contentType(page)).as(accept).startsWith("text/html");
                assertThat(page.body())
                        .startsWith("<!DOCTYPE html>")
                        .endsWith("</html>\n")
                        .contains("data-operations=\"" + ("unrestricted".equals(access) ? "open" : "closed") + "\"")
                        .doesNotContain("member.example");
            }
            assertJson(application, "/election", null, ACTUATOR);
            assertJson(application, "/election", "*/*", ACTUATOR);
            assertJson(application, "/election", ACTUATOR, ACTUATOR);
            assertJson(application, "/election", "application/json", "application/json");
            assertJson(application, "/election", "application/json, text/plain, */*", "application/json");
            assertJson(application, "/election", "application/json, text/html", "application/json");
            assertJson(application, "/election/default", BROWSERS.get(0), ACTUATOR);
            assertThat(get(application, "/election", "image/png").statusCode()).isEqualTo(406);
            assertThat(get(application, "", null).body()).containsOnlyOnce("/actuator/election\"");
        }
    }

    private static void assertJson(
            ConfigurableApplicationContext application, String path, @Nullable String accept, String type) {
        HttpResponse<String> answer = get(application, path, accept);
        assertThat(answer.statusCode()).as(accept).isEqualTo(200);
        assertThat(contentType(answer)).as(accept).isEqualTo(type);
        assertThat(answer.body()).as(accept).startsWith("{").contains("\"state\":\"LEADING\"", "\"history\":[");
    }

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none");
    }

    private static HttpResponse<String> get(
            ConfigurableApplicationContext application, String path, @Nullable String accept) {
        String[] headers = accept == null ? new String[0] : new String[] {"Accept", accept};
        return TestApplication.get(application, path, headers);
    }
}
