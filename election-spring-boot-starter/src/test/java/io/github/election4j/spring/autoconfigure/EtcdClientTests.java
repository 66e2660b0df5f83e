package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.testing.FreePort;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Which client, and which etcd, elections and the application use. */
class EtcdClientTests {
    private static final String NOWHERE = "http://127.0.0.1:" + FreePort.find();

    private final Reached etcd = new Reached();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ElectionAutoConfiguration.class))
            .withPropertyValues("spring.application.name=shop", "election.candidacy=started");

    @AfterEach
    void close() {
        etcd.close();
    }

    @Test
    void electionsConnectToWhereThePropertiesSay() {
        runner.withPropertyValues("election.etcd.endpoints=" + etcd.endpoint()).run(context -> etcd.awaitConnection());
    }

    @Test
    void electionsUseTheClientOfTheUser() {
        runner.withBean("etcd", Client.class, () -> client(etcd.endpoint())).run(context -> etcd.awaitConnection());
    }

    @Test
    void electionsUseThePrimaryClientOfTheUser() {
        runner.withBean("reached", Client.class, () -> client(etcd.endpoint()), bean -> bean.setPrimary(true))
                .withBean("other", Client.class, () -> client(NOWHERE))
                .run(context -> etcd.awaitConnection());
    }

    @Test
    void connectionDetailsWinOverAClientOfTheUser() {
        runner.withBean("etcd", Client.class, () -> client(NOWHERE))
                .withBean(EtcdConnectionDetails.class, () -> () -> List.of(etcd.endpoint()))
                .withPropertyValues("election.etcd.endpoints=" + NOWHERE)
                .run(context -> etcd.awaitConnection());
    }

    @Test
    void refusesToChooseOneOfSeveralClients() {
        ApplicationContextRunner two = runner.withBean("one", Client.class, () -> client(NOWHERE))
                .withBean("two", Client.class, () -> client(NOWHERE));
        two.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContainingAll("[one, two]", "@Primary", "defaultCandidate = false"));
        two.withBean(EtcdConnectionDetails.class, () -> () -> List.of(etcd.endpoint()))
                .run(context -> etcd.awaitConnection());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "election.etcd.endpoints=http://etcd:2379",
                "election.etcd.user=me",
                "election.etcd.password=secret",
                "election.etcd.ssl.bundle=etcd"
            })
    void refusesAClientBesidePropertiesThatSayWhereEtcdIs(String property) {
        runner.withBean("mine", Client.class, () -> client(NOWHERE))
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidElectionConfigException.class)
                        .hasMessageContainingAll("[mine]", "Remove the bean", "remove the properties"));
    }

    @Test
    void electionsLeaveAloneAClientThatIsNoCandidate() {
        runner.withBean("mine", Client.class, () -> client(NOWHERE), EtcdClientTests::noCandidate)
                .withPropertyValues("election.etcd.endpoints=" + etcd.endpoint())
                .run(context -> etcd.awaitConnection());
    }

    @Test
    void aClientIsThereForTheApplicationAndElectionsDoNotUseIt() {
        runner.withPropertyValues("election.etcd.endpoints=" + etcd.endpoint()).run(context -> {
            etcd.awaitConnection();
            assertThat(context.getBeanFactory().containsSingleton(EtcdClientConfiguration.CLIENT))
                    .isFalse();
            assertThat(context).hasSingleBean(Client.class);
            ask(context.getBean(Client.class));
            etcd.awaitConnection();
        });
    }

    @Test
    void aClientIsThereThoughElectionsAreDisabled() {
        runner.withConfiguration(AutoConfigurations.of(DisabledElectionAutoConfiguration.class))
                .withPropertyValues("election.enabled=false", "election.etcd.endpoints=" + etcd.endpoint())
                .run(context -> {
                    ask(context.getBean(Client.class));
                    etcd.awaitConnection();
                });
    }

    @Test
    void theClientIsMadeFromConnectionDetails() {
        runner.withBean(EtcdConnectionDetails.class, () -> () -> List.of(etcd.endpoint()))
                .withPropertyValues("election.candidacy=ready", "election.etcd.endpoints=" + NOWHERE)
                .run(context -> {
                    ask(context.getBean(Client.class));
                    etcd.awaitConnection();
                });
    }

    @Test
    void theClientIsClosedWithTheContext() {
        Socket[] connected = new Socket[1];
        runner.withPropertyValues("election.candidacy=ready", "election.etcd.endpoints=" + etcd.endpoint())
                .run(context -> {
                    ask(context.getBean(Client.class));
                    connected[0] = etcd.awaitConnection();
                });
        Reached.awaitEnd(connected[0]);
    }

    @Test
    void aRequestOfTheClientEndsInTime() {
        runner.withPropertyValues(
                        "election.candidacy=ready",
                        "election.etcd.endpoints=" + etcd.endpoint(),
                        "election.etcd.request-timeout=100ms")
                .run(context -> assertThat(ask(context.getBean(Client.class)))
                        .failsWithin(10, TimeUnit.SECONDS)
                        .withThrowableThat()
                        .withMessageContaining("DEADLINE_EXCEEDED"));
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        runner.withUserConfiguration(Customizers.class)
                .withBean("etcd", Reached.class, () -> etcd, bean -> bean.setDestroyMethodName(""))
                .withPropertyValues("election.etcd.endpoints=" + NOWHERE)
                .run(context -> {
                    etcd.awaitConnection(); // of the elections
                    ask(context.getBean(Client.class));
                    etcd.awaitConnection();
                });
    }

    private static void noCandidate(BeanDefinition definition) {
        ((AbstractBeanDefinition) definition).setDefaultCandidate(false);
    }

    private static CompletableFuture<?> ask(Client client) {
        return client.getKVClient().get(ByteSequence.from("key", StandardCharsets.UTF_8));
    }

    private static Client client(String endpoint) {
        return Client.builder().endpoints(endpoint).build();
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        @Bean
        @Order(2)
        EtcdClientBuilderCustomizer last(Reached etcd) {
            return builder -> builder.endpoints(List.of(URI.create(etcd.endpoint())));
        }

        @Bean
        @Order(1)
        EtcdClientBuilderCustomizer first() {
            return builder -> builder.endpoints(List.of(URI.create("http://127.0.0.1:1")));
        }
    }
}
