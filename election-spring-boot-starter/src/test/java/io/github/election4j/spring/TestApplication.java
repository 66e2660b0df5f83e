package io.github.election4j.spring;

import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.TestEtcd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** A real application with a real web server, on a real etcd. */
@SpringBootConfiguration
@EnableAutoConfiguration
class TestApplication {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Bean
    Heard heard() {
        return new Heard();
    }

    static ConfigurableApplicationContext run(TestEtcd etcd, String id, String... changed) {
        return run(etcd, TestApplication.class, id, changed);
    }

    static ConfigurableApplicationContext run(TestEtcd etcd, Class<?> source, String id, String... changed) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "spring.application.name", "test",
                "spring.main.banner-mode", "off",
                "election.id", id,
                "election.lease-duration", "5s",
                "election.etcd.endpoints", etcd.endpoint(),
                "management.endpoints.web.exposure.include", "election,leader,health,metrics",
                "management.endpoint.health.show-details", "always",
                "management.endpoint.election.access", "unrestricted"));
        for (String each : changed) {
            properties.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        String[] arguments = properties.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(source).run(arguments);
    }

    /** A member 'm1' of the election under a key. */
    static ConfigurableApplicationContext runOn(TestEtcd etcd, String key, Class<?> source, String... more) {
        return run(
                etcd,
                source,
                "m1",
                Stream.concat(Stream.of("election.key=" + key), Stream.of(more)).toArray(String[]::new));
    }

    /** Another member, once the first leads; it knows who leads when this returns. */
    static ConfigurableApplicationContext runAfter(
            ConfigurableApplicationContext leader, Supplier<ConfigurableApplicationContext> other) {
        await().atMost(LIMIT).until(() -> leader.getBean(Election.class).isLeader());
        ConfigurableApplicationContext application = other.get();
        Election election = application.getBean(Election.class);
        await().atMost(LIMIT)
                .until(() ->
                        election.leader().isPresent() && election.candidates().size() == 2);
        return application;
    }

    /** With headers: names and values by turns. */
    static HttpResponse<String> get(ConfigurableApplicationContext application, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(application, path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static HttpResponse<String> head(ConfigurableApplicationContext application, String path) {
        return send(HttpRequest.newBuilder(uri(application, path)).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    static HttpResponse<String> post(ConfigurableApplicationContext application, String path, String body) {
        return post(application, path, "application/json", body);
    }

    static HttpResponse<String> post(
            ConfigurableApplicationContext application, String path, String type, String body) {
        return send(HttpRequest.newBuilder(uri(application, path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** As {@code curl -X POST} does: no body, no type. */
    static HttpResponse<String> post(ConfigurableApplicationContext application, String path) {
        return send(HttpRequest.newBuilder(uri(application, path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    static URI uri(ConfigurableApplicationContext application, String path) {
        String port = application.getEnvironment().getRequiredProperty("local.management.port");
        return URI.create("http://localhost:" + port + "/actuator" + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything the application was told. */
    static class Heard {
        private final List<LeaderChangedEvent> changes = new CopyOnWriteArrayList<>();
        private final List<ElectionErrorEvent> errors = new CopyOnWriteArrayList<>();

        @EventListener(LeaderChangedEvent.class)
        void changed(LeaderChangedEvent event) {
            changes.add(event);
        }

        @EventListener
        void failed(ElectionErrorEvent event) {
            errors.add(event);
        }

        List<LeaderChangedEvent> changes() {
            return changes;
        }

        List<ElectionErrorEvent> errors() {
            return errors;
        }
    }
}
