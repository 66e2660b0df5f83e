package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NeedsEtcd
@Timeout(120)
class ElectionEndpointJmxIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
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
        try (ConfigurableApplicationContext application =
                run("jmx-open", "management.endpoint.election.access=unrestricted")) {
            JsonNode all = invoke("jmx-open", "elections");
            assertThat(all.at("/session/state").asString()).isEqualTo("ACTIVE");
            assertThat(all.at("/elections/default/state").asString()).isEqualTo("LEADING");
            JsonNode one = invoke("jmx-open", "election", "default");
            assertThat(one.at("/leader/id").asString()).isEqualTo("m1");
            assertThat(one.at("/since").isString()).isTrue();

            JsonNode evicted = invoke("jmx-open", "operate", "evict", null, null, null, null);
            assertThat(evicted.get("outcome").asString()).isEqualTo("RELEASED");
            assertThat(evicted.get("leader").isNull()).isTrue();
            assertThat(application.getBean(Election.class).isLeader()).isFalse();
            JsonNode back = invoke("jmx-open", "operate", "cancel-evict", "default", null, null, null);
            assertThat(back.get("outcome").asString()).isEqualTo("REJOINED");
        }
    }

    @Test
    void saysWhatThereIsWhenAskedForWhatThereIsNot() throws Exception {
        try (ConfigurableApplicationContext application =
                run("jmx-bad", "management.endpoint.election.access=unrestricted")) {
            assertThat(application.isActive()).isTrue();
            assertThatExceptionOfType(MBeanException.class)
                    .isThrownBy(() -> invoke("jmx-bad", "election", "other"))
                    .withMessage("Unknown election 'other'. There are [default].");
            assertThatExceptionOfType(MBeanException.class)
                    .isThrownBy(() -> invoke("jmx-bad", "operate", "depose", null, null, null, null))
                    .withMessageContainingAll("depose", "cancel-evict");
        }
    }

    @Test
    void isReadOnlyUnlessOpened() throws Exception {
        try (ConfigurableApplicationContext application =
                run("jmx-closed", "management.endpoint.election.access=read-only")) {
            assertThat(application.isActive()).isTrue();
            assertThat(operations("jmx-closed")).containsExactlyInAnyOrder("elections", "election");
        }
    }

    private static ConfigurableApplicationContext run(String domain, String argument) {
        ConfigurableApplicationContext application = TestApplication.run(
                etcd,
                "m1",
                "election.key=/e/" + domain,
                "spring.jmx.enabled=true",
                "management.endpoints.jmx.domain=" + domain,
                "management.endpoints.jmx.exposure.include=election",
                argument);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> application.getBean(Election.class).isLeader());
        return application;
    }

    private static JsonNode invoke(String domain, String operation, @Nullable Object... arguments) throws JMException {
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return JSON.valueToTree(SERVER.invoke(name(domain), operation, arguments, types));
    }

    private static List<String> operations(String domain) throws JMException {
        return Arrays.stream(SERVER.getMBeanInfo(name(domain)).getOperations())
                .map(MBeanOperationInfo::getName)
                .toList();
    }

    private static ObjectName name(String domain) throws JMException {
        return new ObjectName(domain + ":type=Endpoint,name=Election");
    }
}
