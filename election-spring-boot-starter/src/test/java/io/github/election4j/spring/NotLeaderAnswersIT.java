package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.spring.web.ElectionHeaders;
import io.github.election4j.testing.ForeignMember;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a member that does not lead answers to requests that only the leader may answer. */
@NeedsEtcd
@Timeout(120)
class NotLeaderAnswersIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HttpClient FOLLOWING =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private static final String REDIRECT = "election.web.on-follower=redirect";

    private static TestEtcd etcd;

    @BeforeAll
    static void start() {
        etcd = TestEtcd.started();
    }

    @AfterAll
    static void stop() {
        etcd.close();
    }

    /** What applications are made of here. */
    List<String> web() {
        return List.of("spring.main.web-application-type=servlet");
    }

    @Test
    void aFollowerSaysWhoLeads() throws Exception {
        try (ConfigurableApplicationContext first = run("m1", "election.key=/a/who");
                ConfigurableApplicationContext second = runAfter(first, "m2", "election.key=/a/who")) {
            Candidate leader = second.getBean(Election.class).leader().orElseThrow();

            HttpResponse<String> answer =
                    send(CLIENT, request(second, "/orders").header("Accept", "text/html"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(answer.headers().firstValue(ElectionHeaders.LEADER)).hasValue(leader.address());
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            assertThat(problem.get("status").asInt()).isEqualTo(503);
            assertThat(problem.get("title").asString()).isEqualTo("Not the leader");
            assertThat(problem.get("detail").asString()).contains("does not lead", "m1");
            assertThat(problem.get("election").asString()).isEqualTo("default");
            assertThat(problem.at("/leader/id").asString()).isEqualTo("m1");
            assertThat(problem.at("/leader/address").asString()).isEqualTo(leader.address());
        }
    }

    @Test
    void aFollowerSaysThatNobodyLeads() throws Exception {
        try (ConfigurableApplicationContext application =
                run("m1", "election.key=/a/nobody", "election.evicted=true", REDIRECT)) {
            HttpResponse<String> answer = send(CLIENT, request(application, "/orders"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue(ElectionHeaders.LEADER)).isEmpty();
            assertThat(JsonMapper.shared().readTree(answer.body()).has("leader"))
                    .isFalse();
        }
    }

    @Test
    void anEarlierTermIsRefused() throws Exception {
        try (ConfigurableApplicationContext first = run("m1", "election.key=/a/term");
                ConfigurableApplicationContext second = runAfter(first, "m2", "election.key=/a/term", REDIRECT)) {
            String token = token(second);
            assertThat(send(CLIENT, inTerm(first, "/anywhere", token)).body()).isEqualTo("m1");
            assertThat(send(FOLLOWING, inTerm(second, "/anywhere", token)).body())
                    .isEqualTo("m1");
            assertThat(send(CLIENT, inTerm(second, "/anywhere?election-redirected=true", token))
                            .statusCode())
                    .isEqualTo(503);

            HttpResponse<String> answer =
                    send(CLIENT, inTerm(first, "/resign", token).POST(BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as("of what was begun in the term").isEqualTo(200);
            assertThat(answer.body()).startsWith("m1 ");
            await().atMost(LIMIT).until(() -> second.getBean(Election.class).isLeader());

            HttpResponse<String> stale = send(CLIENT, inTerm(second, "/anywhere", token));
            assertThat(stale.statusCode()).isEqualTo(503);
            assertThat(stale.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(stale.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            JsonNode problem = JsonMapper.shared().readTree(stale.body());
            assertThat(problem.get("detail").asString()).contains("fencing token " + token);
            assertThat(problem.at("/leader/id").asString()).isEqualTo("m2");
            assertThat(send(CLIENT, inTerm(second, "/anywhere", token(second))).body())
                    .isEqualTo("m2");
        }
    }

    @Test
    void aTermThatIsNoneIsRefused() throws Exception {
        try (ConfigurableApplicationContext application = run("m1", "election.key=/a/none")) {
            HttpResponse<String> unreadable = send(CLIENT, inTerm(application, "/anywhere", "seven"));
            assertThat(unreadable.statusCode()).isEqualTo(400);
            assertThat(unreadable.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(JsonMapper.shared()
                            .readTree(unreadable.body())
                            .get("title")
                            .asString())
                    .isEqualTo("Unreadable term");

            HttpResponse<String> unknown =
                    send(CLIENT, inTerm(application, "/no-such-page", "7").setHeader(ElectionHeaders.NAME, "other"));
            assertThat(unknown.statusCode()).isEqualTo(503);
            assertThat(unknown.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(unknown.body()).contains("takes no part");
        }
    }

    @Test
    void aRedirectReachesTheLeaderOnce() throws Exception {
        String[] properties = {
            "election.key=/a/redirect", REDIRECT, "server.servlet.context-path=/shop", "spring.webflux.base-path=/shop"
        };
        try (ConfigurableApplicationContext first = run("m1", properties);
                ConfigurableApplicationContext second = runAfter(first, "m2", properties)) {
            HttpRequest.Builder order = request(second, "/shop/orders?customer=a%26b")
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("three apples"));

            HttpResponse<String> redirect = send(CLIENT, order);
            assertThat(redirect.statusCode()).isEqualTo(307);
            assertThat(redirect.headers().firstValue("Location"))
                    .hasValue(second.getBean(Election.class)
                                    .leader()
                                    .orElseThrow()
                                    .address()
                            + "/shop/orders?customer=a%26b&election-redirected=true");
            assertThat(send(FOLLOWING, order).body()).isEqualTo("m1 a&b three apples");

            HttpResponse<String> again = send(FOLLOWING, request(second, "/shop/orders?election-redirected=true"));
            assertThat(again.statusCode()).isEqualTo(503);
            assertThat(again.headers().firstValue("Location")).isEmpty();
        }
    }

    /** Whoever can write to etcd says what the id and the address of a leader are. */
    @Test
    void whatIsNoAddressIsInNoHeader() throws Exception {
        String value = "{\"id\":\"</script>\\\"\",\"addr\":\"http://host/\\r\\nSet-Cookie: a=b\"}";
        try (ForeignMember foreign = ForeignMember.campaign(etcd, "/a/hostile", value);
                ConfigurableApplicationContext application = run("m1", "election.key=/a/hostile", REDIRECT)) {
            foreign.awaitLeader(LIMIT);
            await().atMost(LIMIT)
                    .until(() -> application.getBean(Election.class).leader().isPresent());

            HttpResponse<String> answer = send(CLIENT, request(application, "/orders"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().map()).doesNotContainKeys("election-leader", "location", "set-cookie");
            assertThat(JsonMapper.shared()
                            .readTree(answer.body())
                            .at("/leader/id")
                            .asString())
                    .isEqualTo("</script>\"");
        }
    }

    private ConfigurableApplicationContext run(String id, String... properties) {
        return TestApplication.run(
                etcd,
                OrdersApplication.class,
                id,
                Stream.concat(web().stream(), Stream.of(properties)).toArray(String[]::new));
    }

    private ConfigurableApplicationContext runAfter(
            ConfigurableApplicationContext leader, String id, String... properties) {
        return TestApplication.runAfter(leader, () -> run(id, properties));
    }

    private static String token(ConfigurableApplicationContext application) {
        Candidate leader = application.getBean(Election.class).leader().orElseThrow();
        return Long.toString(leader.fencingToken());
    }

    private static HttpRequest.Builder inTerm(ConfigurableApplicationContext application, String path, String token) {
        return request(application, path)
                .header(ElectionHeaders.NAME, "default")
                .header(ElectionHeaders.TOKEN, token);
    }

    private static HttpRequest.Builder request(ConfigurableApplicationContext application, String path) {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
