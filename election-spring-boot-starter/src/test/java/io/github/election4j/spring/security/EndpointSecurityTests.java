package io.github.election4j.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.config.Customizer.withDefaults;

import io.github.election4j.Election;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** What docs/endpoint.md shows does what it says. */
@Timeout(120)
class EndpointSecurityTests {
    /** That of Netty is here as well, and both want a management server for WebFlux. */
    private static final String NOT_BOTH_SERVERS = TomcatReactiveManagementContextAutoConfiguration.class.getName();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ELECTION = "/actuator/election";
    private static final String EVICT = "/actuator/election/evict";
    private static final String LEADER = "/actuator/leader";

    @ParameterizedTest
    @CsvSource({
        "servlet, server.port=0",
        "reactive, server.port=0",
        "servlet, management.server.port=0",
        "reactive, management.server.port=0"
    })
    void letsReadersReadOperatorsOperateAndLoadBalancersAsk(String type, String port) throws Exception {
        Class<?> security = type.equals("servlet") ? EndpointSecurity.class : ReactiveEndpointSecurity.class;
        try (ConfigurableApplicationContext application = run(security, type, port)) {
            assertThat(get(application, ELECTION, null)).isEqualTo(401);
            assertThat(get(application, ELECTION, "reader")).isEqualTo(200);
            assertThat(get(application, ELECTION + "/default", "operator")).isEqualTo(200);

            assertThat(post(application, EVICT, null)).isEqualTo(401);
            assertThat(post(application, EVICT, "reader")).isEqualTo(403);
            assertThat(post(application, EVICT, "operator")).isEqualTo(200);
            assertThat(status(evictFrom("cross-site", application))).isEqualTo(403);
            assertThat(status(evictFrom("same-site", application))).isEqualTo(403);
            assertThat(status(evictFrom("same-origin", application))).isEqualTo(200);
            assertThat(post(application, ELECTION + "/clear", "operator")).isEqualTo(400);

            assertThat(get(application, LEADER, null)).isEqualTo(503);
            given(application.getBean(Election.class).isLeader()).willReturn(true);
            assertThat(get(application, LEADER, null)).isEqualTo(200);
            assertThat(get(application, LEADER + "/default", null)).isEqualTo(200);

            assertThat(get(application, "/actuator/health", null)).isEqualTo(401);
            assertThat(get(application, "/actuator/health", "reader")).isNotIn(401, 403);
        }
    }

    /** The servlet stack then refuses to show the page of the error as well, since that request is nobody's. */
    @ParameterizedTest
    @CsvSource({"servlet, 401", "reactive, 403"})
    void needsATokenWhereForgedRequestsAreLookedFor(String type, int refused) throws Exception {
        Class<?> security = type.equals("servlet") ? WithSessions.class : ReactiveWithSessions.class;
        try (ConfigurableApplicationContext application = run(security, type, "server.port=0")) {
            assertThat(get(application, ELECTION, "operator")).isEqualTo(200);
            assertThat(post(application, EVICT, "operator")).isEqualTo(refused);
        }
    }

    /** The page for operators sends what the cookie says. */
    @Test
    void takesTheTokenThatThePageFindsInACookie() throws Exception {
        try (ConfigurableApplicationContext application = run(WithCookies.class, "servlet", "server.port=0")) {
            String cookie = CLIENT.send(
                            request(application, ELECTION, "operator").build(), BodyHandlers.discarding())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow();
            String token = cookie.substring("XSRF-TOKEN=".length(), cookie.indexOf(';'));
            HttpRequest.Builder operation = request(application, EVICT, "operator")
                    .header("Cookie", "XSRF-TOKEN=" + token)
                    .POST(BodyPublishers.noBody());
            assertThat(status(operation.copy())).isIn(401, 403);
            assertThat(status(operation.header("X-XSRF-TOKEN", token))).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {EndpointSecurity.class, ReactiveEndpointSecurity.class})
    void isDocumentedAsItIsTested(Class<?> shown) throws Exception {
        String source =
                Files.readString(Path.of("src/test/java", shown.getName().replace('.', '/') + ".java"));
        String snippet = source.substring(source.indexOf("import "));
        assertThat(Files.readString(Path.of("..", "docs", "endpoint.md"))).contains("```java\n" + snippet + "```\n");
    }

    /** As a browser sends it that knows the password. */
    private static HttpRequest.Builder evictFrom(String site, ConfigurableApplicationContext application) {
        return request(application, EVICT, "operator")
                .header("Sec-Fetch-Site", site)
                .POST(BodyPublishers.noBody());
    }

    private static ConfigurableApplicationContext run(Class<?> security, String type, String port) {
        return new SpringApplicationBuilder(SecuredApplication.class, security)
                .properties("server.port=0")
                .run(
                        "--spring.autoconfigure.exclude=" + NOT_BOTH_SERVERS,
                        "--spring.main.web-application-type=" + type,
                        "--" + port,
                        "--spring.application.name=shop",
                        "--management.endpoints.web.exposure.include=election,leader,health",
                        "--management.endpoint.election.access=unrestricted");
    }

    private static int get(ConfigurableApplicationContext application, String path, @Nullable String user)
            throws Exception {
        return status(request(application, path, user).GET());
    }

    /** As {@code curl -X POST} does: no body, no token. */
    private static int post(ConfigurableApplicationContext application, String path, @Nullable String user)
            throws Exception {
        return status(request(application, path, user).POST(BodyPublishers.noBody()));
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder request(
            ConfigurableApplicationContext application, String path, @Nullable String user) {
        String port = application.getEnvironment().getRequiredProperty("local.management.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (user != null) {
            byte[] credentials = (user + ":secret").getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        return request;
    }

    @Configuration(proxyBeanMethods = false)
    static class WithSessions {
        @Bean
        SecurityFilterChain everything(HttpSecurity http) {
            return new EndpointSecurity().everythingElse(http);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithCookies {
        @Bean
        SecurityFilterChain everything(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(withDefaults())
                    .csrf(CsrfConfigurer::spa)
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ReactiveWithSessions {
        @Bean
        SecurityWebFilterChain everything(ServerHttpSecurity http) {
            return new ReactiveEndpointSecurity().everythingElse(http);
        }
    }
}
