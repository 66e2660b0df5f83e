package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.testing.ForeignMember;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** What each kind of client of a follower sends reaches the leader. */
@NeedsEtcd
@Timeout(120)
class LeaderRequestsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static TestEtcd etcd;

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    @Test
    void requestsReachTheLeaderAndThenItsSuccessor() throws Exception {
        try (ConfigurableApplicationContext first = run("m1", "election.key=/r/reach");
                ConfigurableApplicationContext second = runAfter(first, "m2", "election.key=/r/reach")) {
            String answer = "m1 " + leader(second).fencingToken();
            assertThat(clients(second)).extracting(Supplier::get).containsOnly(answer);
            assertThat(clients(first)).extracting(Supplier::get).containsOnly(answer);

            first.getBean(Election.class).resign().get(20, TimeUnit.SECONDS);
            awaitLeader(first, "m2");
            awaitLeader(second, "m2");

            answer = "m2 " + leader(second).fencingToken();
            assertThat(clients(second)).extracting(Supplier::get).containsOnly(answer);
            assertThat(clients(first)).extracting(Supplier::get).containsOnly(answer);
        }
    }

    @Test
    void nothingIsSentWhereNobodyLeads() {
        try (ConfigurableApplicationContext application =
                run("m1", "election.key=/r/nobody", "election.evicted=true")) {
            assertThat(clients(application))
                    .allSatisfy(client -> assertThatThrownBy(client::get)
                            .isInstanceOf(NoLeaderException.class)
                            .hasMessageContainingAll("default", "nobody is known to lead"));
        }
    }

    /** Whoever can write to etcd says what the address of a leader is. */
    @Test
    void nothingIsSentToWhatIsNoAddress() {
        String value = "{\"id\":\"m\\u0007\",\"addr\":\"http://user@127.0.0.1/\\r\\n\"}";
        try (ForeignMember foreign = ForeignMember.campaign(etcd, "/r/hostile", value);
                ConfigurableApplicationContext application = run("m1", "election.key=/r/hostile")) {
            foreign.awaitLeader(LIMIT);
            await().atMost(LIMIT)
                    .until(() -> application.getBean(Election.class).leader().isPresent());

            assertThat(clients(application))
                    .allSatisfy(client -> assertThatThrownBy(client::get)
                            .isInstanceOf(NoLeaderException.class)
                            .hasMessageContainingAll("default", "is no http or https URI", "user@127.0.0.1")
                            .message()
                            .matches("\\P{Cntrl}*"));
        }
    }

    private static List<Supplier<@Nullable String>> clients(ConfigurableApplicationContext application) {
        RestClient rest = application.getBean("leaderClient", RestClient.class);
        WebClient web = application.getBean("leaderWebClient", WebClient.class);
        return List.of(
                () -> rest.get().uri("/orders").retrieve().body(String.class),
                () -> web.get()
                        .uri("/orders")
                        .retrieve()
                        .bodyToMono(String.class)
                        .block(LIMIT),
                () -> application.getBean(LeaderClients.OrderService.class).all());
    }

    private static ConfigurableApplicationContext run(String id, String... properties) {
        return TestApplication.run(etcd, Application.class, id, properties);
    }

    private static ConfigurableApplicationContext runAfter(
            ConfigurableApplicationContext leader, String id, String... properties) {
        return TestApplication.runAfter(leader, () -> run(id, properties));
    }

    private static Candidate leader(ConfigurableApplicationContext application) {
        return application.getBean(Election.class).leader().orElseThrow();
    }

    private static void awaitLeader(ConfigurableApplicationContext application, String id) {
        Election election = application.getBean(Election.class);
        await().atMost(LIMIT)
                .until(() -> election.leader().map(Candidate::id).orElse("").equals(id));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({LeaderClients.class, OrdersApplication.Orders.class})
    static class Application {}
}
