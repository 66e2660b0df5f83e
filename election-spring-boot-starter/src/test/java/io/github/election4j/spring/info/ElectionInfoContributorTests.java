package io.github.election4j.spring.info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.spring.autoconfigure.DisabledElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.info.ElectionInfoAutoConfiguration;
import io.github.election4j.testing.FreePort;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoEndpointAutoConfiguration;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.actuate.info.InfoEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import tools.jackson.databind.json.JsonMapper;

class ElectionInfoContributorTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ElectionAutoConfiguration.class,
                    DisabledElectionAutoConfiguration.class,
                    ElectionInfoAutoConfiguration.class,
                    InfoEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "spring.application.name=shop",
                    "election.id=m1",
                    "election.etcd.endpoints=http://127.0.0.1:" + FreePort.find(),
                    "election.etcd.user=root",
                    "election.etcd.password=secret",
                    "management.endpoints.web.exposure.include=info");

    @Test
    void tellsWhoLeadsAndWhatThisMemberIs() {
        assertThat(json(election("reports", new Candidate("m2", "http://m2:8080", "/r/2", 7))))
                .isEqualTo("{\"leaderElection\":{\"reports\":{\"state\":\"WAITING\",\"key\":\"/r\",\"id\":\"m1\","
                        + "\"leader\":{\"id\":\"m2\",\"address\":\"http://m2:8080\"}}}}");
    }

    @Test
    void tellsThatNobodyLeads() {
        assertThat(json(election("reports", null))).contains("\"leader\":null");
    }

    /** The endpoint tells of much else. */
    @Test
    void anElectionThatCannotTellIsLeftOut() {
        Election broken = election("broken", null);
        when(broken.status()).thenThrow(new IllegalStateException("no port yet"));
        Election mockOfATest = mock();
        Election halfAMock = mock();
        when(halfAMock.name()).thenReturn("half");

        assertThat(json(broken, mockOfATest, halfAMock, election("reports", null)))
                .startsWith("{\"leaderElection\":{\"reports\":{")
                .doesNotContain("broken", "half", "no port yet");
        assertThat(json(mockOfATest)).isEqualTo("{\"leaderElection\":{}}");
    }

    @Test
    void tellsOfEachElectionAndNoSecret() {
        runner.withPropertyValues(
                        "election.instances.reports.key=/jobs/reports", "election.instances.billing.evicted=true")
                .run(context -> {
                    Map<String, Object> info =
                            context.getBean(InfoEndpoint.class).info();
                    assertThat(JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(info)))
                            .isEqualTo(JsonMapper.shared().readTree("""
                                    {"leaderElection": {
                                      "billing": {"state": "STARTING", "key": "/election/shop/billing",
                                                  "id": "m1", "leader": null},
                                      "reports": {"state": "STARTING", "key": "/jobs/reports",
                                                  "id": "m1", "leader": null}}}
                                    """));
                });
    }

    @Test
    void canBeSwitchedOff() {
        runner.run(context -> assertThat(context).hasSingleBean(ElectionInfoContributor.class));
        runner.withPropertyValues("management.info.leader.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ElectionInfoContributor.class));
        runner.withPropertyValues("management.info.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ElectionInfoContributor.class));
        runner.withPropertyValues("management.info.defaults.enabled=false", "management.info.leader.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(ElectionInfoContributor.class));
    }

    @Test
    void isNotThereWhereElectionsAreDisabledOrActuatorIsMissing() {
        runner.withPropertyValues("election.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ElectionInfoContributor.class));
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(ElectionAutoConfiguration.class, ElectionInfoAutoConfiguration.class))
                .withPropertyValues("spring.application.name=shop", "election.auto-startup=false")
                .withClassLoader(
                        new FilteredClassLoader(InfoContributor.class, ConditionalOnEnabledInfoContributor.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("electionInfoContributor"));
    }

    /** As the health: what a child inherits is told of once. */
    @Test
    void aChildTellsOfTheElectionOfItsParent() {
        runner.run(parent -> runner.withParent(parent).run(child -> {
            assertThat(child.getBeanNamesForType(ElectionInfoContributor.class)).isEmpty();
            assertThat(child.getBean(InfoEndpoint.class).info().get("leaderElection"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsOnlyKeys("default");
        }));
    }

    @Test
    void aNativeImageCanWriteIt() {
        RuntimeHints hints = process();

        assertThat(Stream.of(ElectionInfoContributor.Told.class, ElectionInfoContributor.Leader.class)
                        .flatMap(type -> Stream.of(type.getRecordComponents()))
                        .map(RecordComponent::getAccessor))
                .isNotEmpty()
                .allMatch(accessor -> RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(accessor)
                        .test(hints));
    }

    private static RuntimeHints process() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        try (context) {
            TestPropertyValues.of("spring.application.name=shop").applyTo(context);
            context.register(ElectionAutoConfiguration.class, ElectionInfoAutoConfiguration.class);
            DefaultGenerationContext generation = new DefaultGenerationContext(
                    new ClassNameGenerator(ClassName.get("com.example", "Application")), new InMemoryGeneratedFiles());
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            return generation.getRuntimeHints();
        }
    }

    private static String json(Election... elections) {
        Info.Builder info = new Info.Builder();
        new ElectionInfoContributor(List.of(elections)).contribute(info);
        return JsonMapper.shared().writeValueAsString(info.build().getDetails());
    }

    private static Election election(String name, @Nullable Candidate leader) {
        Election election = mock();
        when(election.name()).thenReturn(name);
        when(election.status())
                .thenReturn(new ElectionStatus(
                        name,
                        "/r",
                        "m1",
                        "http://m1:8080",
                        ElectionState.WAITING,
                        leader,
                        false,
                        List.of(),
                        List.of(),
                        null,
                        Instant.EPOCH,
                        null,
                        List.of(),
                        List.of()));
        return election;
    }
}
