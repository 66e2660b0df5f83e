package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NeedsEtcd
@Timeout(120)
class ElectionEndpointIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
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
    void showsAndOperatesElections() throws Exception {
        try (ConfigurableApplicationContext first = run("m1", "election.key=/e/ops");
                ConfigurableApplicationContext second = run("m2", "election.key=/e/ops", first)) {
            JsonNode shown = json(TestApplication.get(second, "/election"));
            assertThat(shown.at("/session/state").asString()).isEqualTo("ACTIVE");
            assertThat(shown.at("/session/grantedTtlMs").asLong()).isEqualTo(5000);
            assertThat(shown.at("/elections/default/leader/id").asString()).isEqualTo("m1");
            assertThat(shown.at("/elections/default/candidates").size()).isEqualTo(2);
            assertThat(shown.at("/elections/default/fencingToken").isNull()).isTrue();
            assertThat(json(TestApplication.get(first, "/election/default"))
                            .get("state")
                            .asString())
                    .isEqualTo("LEADING");

            JsonNode evicted = json(TestApplication.post(first, "/election/evict"));
            assertThat(evicted.get("outcome").asString()).isEqualTo("RELEASED");
            assertThat(evicted.at("/leader/id").asString()).isEqualTo("m2");
            assertThat(second.getBean(Election.class).isLeader()).isTrue();
            assertThat(json(TestApplication.get(first, "/election/default"))
                            .get("state")
                            .asString())
                    .isEqualTo("EVICTED");

            JsonNode again = json(TestApplication.post(first, "/election/evict", "{\"election\":\"default\"}"));
            assertThat(again.get("outcome").asString()).isEqualTo("ALREADY_EVICTED");
            JsonNode back = json(TestApplication.post(first, "/election/cancel-evict", "{}"));
            assertThat(back.get("outcome").asString()).isEqualTo("REJOINED");
            JsonNode resigned = json(TestApplication.post(second, "/election/resign", "{}"));
            assertThat(resigned.at("/leader/id").asString()).isEqualTo("m1");
            JsonNode cleared = json(TestApplication.post(second, "/election/clear", "{\"id\":\"nobody\"}"));
            assertThat(cleared.get("outcome").asString()).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        try (ConfigurableApplicationContext application = run("m1", "election.key=/e/bad")) {
            HttpResponse<String> operation = TestApplication.post(application, "/election/depose", "{}");
            assertThat(operation.statusCode()).isEqualTo(400);
            assertThat(operation.body()).contains("depose", "cancel-evict");
            HttpResponse<String> election =
                    TestApplication.post(application, "/election/evict", "{\"election\":\"other\"}");
            assertThat(election.statusCode()).isEqualTo(400);
            assertThat(election.body()).contains("other", "default");
            assertThat(TestApplication.post(application, "/election/depose").statusCode())
                    .isEqualTo(400);
            assertThat(TestApplication.post(application, "/election/clear").body())
                    .contains("To clear");
            HttpResponse<String> clear = TestApplication.post(application, "/election/clear", "{}");
            assertThat(clear.statusCode()).isEqualTo(400);
            assertThat(TestApplication.post(application, "/election/resign", "text/plain", "{\"election\":\"other\"}")
                            .statusCode())
                    .isEqualTo(415);
            assertThat(TestApplication.get(application, "/election/other").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void operatesNoOtherElectionThanTheOneThatIsMeant() throws Exception {
        try (ConfigurableApplicationContext application = run(
                "m1",
                "election.key=/e/two",
                "election.instances.default.evicted=false",
                "election.instances.reports.evicted=false")) {
            Election untouched = application.getBean(Election.class);
            await().atMost(Duration.ofSeconds(20)).until(untouched::isLeader);

            HttpResponse<String> unnamed = TestApplication.post(application, "/election/evict");
            assertThat(unnamed.statusCode()).isEqualTo(400);
            assertThat(unnamed.body()).contains("default", "reports");
            HttpResponse<String> query = TestApplication.post(application, "/election/evict?election=reports");
            assertThat(query.statusCode()).isEqualTo(400);
            assertThat(query.body()).contains("election", "application/json");
            HttpResponse<String> misspelt =
                    TestApplication.post(application, "/election/evict", "{\"elektion\":\"reports\"}");
            assertThat(misspelt.statusCode()).isEqualTo(400);
            assertThat(misspelt.body()).contains("elektion");
            assertThat(untouched.isLeader()).isTrue();

            JsonNode evicted = json(TestApplication.post(application, "/election/evict", "{\"election\":\"reports\"}"));
            assertThat(evicted.get("election").asString()).isEqualTo("reports");
            assertThat(untouched.isLeader()).isTrue();
        }
    }

    @Test
    void namesTheLeaderThatFollowsAlsoIfThatOneHasYetToEnterAgain() throws Exception {
        try (ConfigurableApplicationContext alone = run("m1", "election.key=/e/alone")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> alone.getBean(Election.class).isLeader());
            for (int i = 0; i < 20; i++) {
                JsonNode resigned = json(TestApplication.post(alone, "/election/resign"));
                assertThat(resigned.get("outcome").asString()).isEqualTo("RELEASED");
                assertThat(resigned.at("/leader/id").asString())
                        .as(i + ". time")
                        .isEqualTo("m1");
            }
            assertThat(json(TestApplication.post(alone, "/election/evict"))
                            .get("leader")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void doesWhatThePathSaysAndNothingElse() throws Exception {
        try (ConfigurableApplicationContext application = run("m1", "election.key=/e/path")) {
            Election election = application.getBean(Election.class);
            await().atMost(Duration.ofSeconds(20)).until(election::isLeader);

            HttpResponse<String> body =
                    TestApplication.post(application, "/election/cancel-evict", "{\"operation\":\"evict\"}");
            assertThat(body.statusCode()).isEqualTo(400);
            assertThat(body.body()).contains("operation");
            assertThat(TestApplication.post(application, "/election/cancel-evict?operation=evict")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(TestApplication.post(application, "/election/cancel-evict?operation=evict&operation=evict")
                            .statusCode())
                    .isEqualTo(400);
            HttpResponse<String> further = TestApplication.post(application, "/election/evict/default");
            assertThat(further.statusCode()).isEqualTo(400);
            assertThat(further.body()).contains("'evict/default'");
            assertThat(election.isLeader()).isTrue();
        }
    }

    @Test
    void answersTheSameWhateverTheApplicationSetsForItsOwnJson() throws Exception {
        try (ConfigurableApplicationContext application = run(
                "m1",
                "election.key=/e/json",
                "spring.jackson.property-naming-strategy=UPPER_SNAKE_CASE",
                "spring.jackson.default-property-inclusion=NON_EMPTY",
                "spring.jackson.datatype.datetime.write-dates-as-timestamps=true")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> application.getBean(Election.class).isLeader());
            JsonNode shown = json(TestApplication.get(application, "/election"));
            assertThat(shown.at("/session/leaseId").isString()).isTrue();
            assertThat(shown.at("/elections/default/leader/fencingToken").isNumber())
                    .isTrue();
            assertThat(shown.at("/elections/default/lastError").isNull()).isTrue();
            assertThat(shown.at("/elections/default/since").isString()).isTrue();
            assertThat(fieldsOf(TestApplication.get(application, "/leader"))).containsExactly("election", "leader");

            assertThat(fieldsOf(TestApplication.get(application, "/election/other")))
                    .containsExactly("status", "message");
            assertThat(fieldsOf(TestApplication.post(application, "/election/evict?x=y")))
                    .containsExactly("status", "message");
            assertThat(fieldsOf(TestApplication.get(application, "/leader/other")))
                    .containsExactly("status", "message");
            JsonNode evicted = json(TestApplication.post(application, "/election/evict", "{\"election\":\"default\"}"));
            assertThat(evicted.properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("election", "operation", "outcome", "leader");
            assertThat(evicted.get("leader").isNull()).isTrue();
        }
    }

    @Test
    void tellsLoadBalancersWhoLeads() throws Exception {
        try (ConfigurableApplicationContext first = run("m1", "election.key=/e/balancer");
                ConfigurableApplicationContext second = run("m2", "election.key=/e/balancer", first)) {
            JsonNode leading = json(TestApplication.get(first, "/leader"));
            assertThat(leading.get("election").asString()).isEqualTo("default");
            assertThat(leading.at("/leader/id").asString()).isEqualTo("m1");
            HttpResponse<String> following = TestApplication.get(second, "/leader/default");
            assertThat(following.statusCode()).isEqualTo(503);
            assertThat(JSON.readTree(following.body()).at("/leader/id").asString())
                    .isEqualTo("m1");
            assertThat(TestApplication.head(first, "/leader").statusCode()).isEqualTo(200);
            assertThat(TestApplication.head(second, "/leader").statusCode()).isEqualTo(503);
            assertThat(TestApplication.get(first, "/leader/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void isReadOnlyUnlessOpened() throws Exception {
        try (ConfigurableApplicationContext application =
                run("m1", "election.key=/e/closed", "management.endpoint.election.access=read-only")) {
            assertThat(TestApplication.get(application, "/election").statusCode())
                    .isEqualTo(200);
            assertThat(TestApplication.post(application, "/election/evict", "{}")
                            .statusCode())
                    .isIn(404, 405);
        }
    }

    @Test
    void answersInTimeWhenEtcdDoesNot() throws Exception {
        TestEtcd own = TestEtcd.started();
        try (own;
                ConfigurableApplicationContext application =
                        run(own, TestApplication.class, "m1", "election.step-down-timeout=1s")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> application.getBean(Election.class).isLeader());
            own.pause();
            assertThat(TestApplication.post(application, "/election/evict", "{}")
                            .statusCode())
                    .isEqualTo(504);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> TestApplication.get(application, "/health").statusCode() == 503);
            own.resume();
        }
    }

    static TestEtcd etcd() {
        return etcd;
    }

    /** What applications are made of here. */
    List<String> web() {
        return List.of("spring.main.web-application-type=servlet");
    }

    private ConfigurableApplicationContext run(String id, String... arguments) {
        return run(etcd, TestApplication.class, id, arguments);
    }

    ConfigurableApplicationContext run(TestEtcd on, Class<?> source, String id, String... arguments) {
        return TestApplication.run(
                on,
                source,
                id,
                Stream.concat(web().stream(), Stream.of(arguments)).toArray(String[]::new));
    }

    /** A member that has joined after another and knows that it leads. */
    private ConfigurableApplicationContext run(String id, String argument, ConfigurableApplicationContext leader) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> leader.getBean(Election.class).isLeader());
        ConfigurableApplicationContext application = run(id, argument);
        Election election = application.getBean(Election.class);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> election.leader().map(Candidate::id).isPresent()
                        && election.candidates().size() == 2);
        return application;
    }

    private static List<String> fieldsOf(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body()).properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
