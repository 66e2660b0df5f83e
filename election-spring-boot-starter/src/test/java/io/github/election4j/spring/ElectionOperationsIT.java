package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does to members by their ids, through the endpoint of any of them. */
@NeedsEtcd
@Timeout(120)
class ElectionOperationsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
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
    void evictsAndHandsOverToMembersByTheirIds() throws Exception {
        try (ConfigurableApplicationContext first = TestApplication.run(etcd, "m1", "election.key=/e/ids");
                ConfigurableApplicationContext second = TestApplication.run(etcd, "m2", "election.key=/e/ids")) {
            await().atMost(LIMIT)
                    .until(() -> second.getBean(Election.class).candidates().size() == 2
                            && first.getBean(Election.class).candidates().size() == 2);
            JsonNode transferred = json(TestApplication.post(first, "/election/transfer", "{\"id\":\"m2\"}"));
            assertThat(transferred.get("outcome").asString()).isEqualTo("TRANSFERRED");
            assertThat(transferred.at("/leader/id").asString()).isEqualTo("m2");
            HttpResponse<String> leadsAlready = TestApplication.post(first, "/election/transfer", "{\"id\":\"m2\"}");
            assertThat(leadsAlready.statusCode()).isEqualTo(409);
            assertThat(leadsAlready.body()).contains("leads already");

            JsonNode evicted = json(TestApplication.post(
                    first, "/election/evict", "{\"id\":\"m2\",\"for\":\"2h\",\"reason\":\"disk\"}"));
            assertThat(evicted.get("outcome").asString()).isEqualTo("RELEASED");
            assertThat(evicted.at("/leader/id").asString()).isEqualTo("m1");
            JsonNode eviction =
                    json(TestApplication.get(first, "/election/default")).at("/evictions/0");
            assertThat(eviction.get("id").asString()).isEqualTo("m2");
            assertThat(eviction.get("reason").asString()).isEqualTo("disk");
            assertThat(eviction.get("until").isString()).isTrue();

            JsonNode back = json(TestApplication.post(second, "/election/cancel-evict", "{}"));
            assertThat(back.get("outcome").asString()).isEqualTo("REJOINED");
        }
    }

    @Test
    void hasTheLeaderResignOrHandOverThoughAnotherIsAsked() throws Exception {
        try (ConfigurableApplicationContext first = TestApplication.run(etcd, "m1", "election.key=/e/ordered");
                ConfigurableApplicationContext second = TestApplication.run(etcd, "m2", "election.key=/e/ordered")) {
            await().atMost(LIMIT)
                    .until(() -> second.getBean(Election.class).candidates().size() == 2
                            && first.getBean(Election.class).isLeader());
            HttpResponse<String> wrong = TestApplication.post(second, "/election/resign", "{\"id\":\"m9\"}");
            assertThat(wrong.statusCode()).isEqualTo(409);
            assertThat(wrong.body()).contains("'m1' leads, not 'm9'");

            JsonNode resigned = json(TestApplication.post(second, "/election/resign", "{\"id\":\"m1\"}"));
            assertThat(resigned.get("outcome").asString()).isEqualTo("RELEASED");
            assertThat(resigned.at("/leader/id").asString()).isEqualTo("m2");

            await().atMost(LIMIT)
                    .until(() -> first.getBean(Election.class).candidates().size() == 2);
            JsonNode transferred =
                    json(TestApplication.post(first, "/election/transfer", "{\"id\":\"m1\",\"reason\":\"deploy\"}"));
            assertThat(transferred.get("outcome").asString()).isEqualTo("TRANSFERRED");
            assertThat(transferred.at("/leader/id").asString()).isEqualTo("m1");

            await().atMost(LIMIT)
                    .until(() -> second.getBean(Election.class).history().size() == 3);
            JsonNode election = json(TestApplication.get(second, "/election/default"));
            assertThat(election.at("/candidates/0/since").isString()).isTrue();
            assertThat(election.at("/terms")
                            .valueStream()
                            .map(each -> each.get("id").asString() + " " + each.get("reason")))
                    .containsExactly("m1 \"RESIGNED\"", "m2 \"TRANSFERRED\"", "m1 null");
        }
    }

    /** Behind a balancer it may be another member that answers: whoever is meant is named. */
    @Test
    void namesTheMemberThatIsAskedOrAnother() throws Exception {
        try (ConfigurableApplicationContext first = TestApplication.run(etcd, "m1", "election.key=/e/named");
                ConfigurableApplicationContext second = TestApplication.run(etcd, "m2", "election.key=/e/named")) {
            await().atMost(LIMIT)
                    .until(() -> second.getBean(Election.class).candidates().size() == 2
                            && first.getBean(Election.class).isLeader());
            assertThat(json(TestApplication.post(second, "/election/resign", "{\"id\":\"m2\"}"))
                            .get("outcome")
                            .asString())
                    .isEqualTo("LEFT_QUEUE");
            assertThat(TestApplication.post(first, "/election/resign", "{\"id\":\"m2\"}")
                            .statusCode())
                    .isEqualTo(409);

            assertThat(json(TestApplication.post(second, "/election/evict", "{}"))
                            .get("outcome")
                            .asString())
                    .isIn("LEFT_QUEUE", "NOT_IN_QUEUE");
            assertThat(json(TestApplication.post(second, "/election/cancel-evict", "{\"id\":\"m2\"}"))
                            .get("outcome")
                            .asString())
                    .isEqualTo("REJOINED");
            assertThat(first.getBean(Election.class).isLeader()).isTrue();
        }
    }

    @Test
    void refusesWhatMakesNoSense() throws Exception {
        try (ConfigurableApplicationContext application = TestApplication.run(etcd, "m1", "election.key=/e/sense")) {
            """
            evict {"for":"soon"} -> 'for' is 'soon'
            evict {"for":"1s"} -> out of range
            evict {"for":"7200"} -> 'for' is '7200'
            evict {"duration":"2h"} -> Unknown parameters [duration]
            evict {"caller":"root"} -> Unknown parameters [caller]
            clear {"id":"x","for":"2h"} -> only to evict
            transfer {"id":"%s"} -> 256
            transfer {} -> name who is to lead
            """.formatted("x".repeat(300)).lines().forEach(line -> {
                String[] parts = line.split(" ", 2);
                String[] expected = parts[1].split(" -> ", 2);
                HttpResponse<String> answer = TestApplication.post(application, "/election/" + parts[0], expected[0]);
                assertThat(answer.statusCode()).as(line).isEqualTo(400);
                assertThat(answer.body()).contains(expected[1]);
            });
            assertThat(application.getBean(Election.class).isLeader()).isTrue();
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
