package io.github.election4j.embedded.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestContextManager;

/** Makes the contexts of test classes of users as Spring does, and looks at their etcds. */
class AutoConfigureEmbeddedEtcdIT {
    private static final String KEY = "/election/shop";

    @Test
    void connectsTheElectionsWhateverThePropertiesSay() {
        ConfigurableApplicationContext context = contextOf(new TestContextManager(NamingEndpoints.class));

        EmbeddedEtcd etcd = context.getBean(EmbeddedEtcd.class);
        assertThat(context.getBean(EtcdConnectionDetails.class).getEndpoints()).containsExactly(etcd.endpoint());
        await().until(context.getBean(Election.class)::isLeader);
    }

    @Test
    void worksWhereTestsAreRunOnACloudPlatform() {
        ConfigurableApplicationContext context = contextOf(new TestContextManager(OnKubernetes.class));

        await().until(context.getBean(Election.class)::isLeader);
    }

    @Test
    void connectsTheElectionsThoughTheApplicationHasAClientOfItsOwn() {
        ConfigurableApplicationContext context = contextOf(new TestContextManager(WithClient.class));

        await().until(context.getBean(Election.class)::isLeader);
    }

    @Test
    void connectsTheClientThatIsMadeForTheApplication() throws Exception {
        ConfigurableApplicationContext context = contextOf(new TestContextManager(NamingEndpoints.class));

        ByteSequence key = ByteSequence.from("key", StandardCharsets.UTF_8);
        context.getBean(Client.class).getKVClient().put(key, key).get(10, TimeUnit.SECONDS);
    }

    @Test
    void leavesOtherTestsAlone() {
        ConfigurableApplicationContext context = contextOf(new TestContextManager(Plain.class));

        assertThat(context.getBeanNamesForType(EmbeddedEtcd.class)).isEmpty();
    }

    @Test
    void sharesTheContextOfTheSameConfiguration() {
        assertThat(etcdOf(Shop.class))
                .isSameAs(etcdOf(SameShop.class))
                .isSameAs(etcdOf(Shop.Inner.class))
                .isSameAs(etcdOf(Subclass.class));
    }

    @Test
    void givesEachContextItsOwn() {
        EmbeddedEtcd one = etcdOf(Shop.class);
        EmbeddedEtcd other = etcdOf(OtherShop.class);

        assertThat(one.port()).isNotEqualTo(other.port());
    }

    @Test
    void givesANewOneWhenTheContextIsDirty() {
        TestContextManager first = new TestContextManager(Dirty.class);
        EmbeddedEtcd old = contextOf(first).getBean(EmbeddedEtcd.class);
        first.getTestContext().markApplicationContextDirty(DirtiesContext.HierarchyMode.EXHAUSTIVE);

        EmbeddedEtcd present = etcdOf(Dirty.class);

        assertThat(present).isNotSameAs(old);
        assertThatIOException().isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), old.port()).close());
    }

    @Test
    void handsOverBeforeTheEtcdIsClosed() throws InterruptedException {
        TestContextManager manager = new TestContextManager(Closing.class);
        ConfigurableApplicationContext context = contextOf(manager);
        EmbeddedEtcd etcd = context.getBean(EmbeddedEtcd.class);
        Election mine = context.getBean(Election.class);
        await().until(mine::isLeader);
        CountDownLatch granted = new CountDownLatch(1);
        Elections other = connect(etcd);
        Election successor = other.join(ElectionConfig.of(KEY, "successor"));
        await().until(() -> mine.candidates().size() == 2);
        successor.addListener(event -> {
            if (successor.isLeader()) {
                granted.countDown();
            }
        });

        manager.getTestContext().markApplicationContextDirty(DirtiesContext.HierarchyMode.EXHAUSTIVE);

        assertThat(granted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(mine.isLeader()).isFalse();
        // There is no etcd to say goodbye to.
        assertThat(other.closeAsync()).isNotNull();
    }

    @Test
    void anotherMemberTakesOverInNoTimeThoughTheLeaseIsLong() {
        ConfigurableApplicationContext context = contextOf(new TestContextManager(Closing.class));
        EmbeddedEtcd etcd = context.getBean(EmbeddedEtcd.class);
        Election mine = context.getBean(Election.class);
        await().until(mine::isLeader);
        AtomicBoolean overlap = new AtomicBoolean();
        try (Elections other = connect(etcd)) {
            Election successor = other.join(ElectionConfig.of(KEY, "successor"));
            successor.addListener(event -> overlap.compareAndSet(false, successor.isLeader() && mine.isLeader()));
            await().until(() -> mine.candidates().size() == 2);

            etcd.faults().expireLease(context.getBean(Elections.class).session().leaseId());

            await().atMost(Duration.ofSeconds(5)).until(successor::isLeader);
            assertThat(overlap).isFalse();
        }
    }

    @Test
    void somebodyLeadsAgainInNoTimeWhenEveryLeaseHasEnded() {
        ConfigurableApplicationContext context = contextOf(new TestContextManager(OtherShop.class));
        Election mine = context.getBean(Election.class);
        await().until(mine::isLeader);
        long token = mine.leadership().orElseThrow().fencingToken();

        context.getBean(EmbeddedEtcd.class).clock().advance(Duration.ofSeconds(31));

        await().atMost(Duration.ofSeconds(5))
                .until(() -> mine.leadership().stream().anyMatch(term -> term.fencingToken() > token));
    }

    private static EmbeddedEtcd etcdOf(Class<?> testClass) {
        return contextOf(new TestContextManager(testClass)).getBean(EmbeddedEtcd.class);
    }

    private static ConfigurableApplicationContext contextOf(TestContextManager manager) {
        return (ConfigurableApplicationContext) manager.getTestContext().getApplicationContext();
    }

    private static Elections connect(EmbeddedEtcd etcd) {
        return EtcdElections.builder()
                .endpoints(etcd.endpoint())
                .leaseDuration(Duration.ofSeconds(30))
                .build();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @SpringBootTest(classes = Application.class, properties = "spring.application.name=shop")
    @AutoConfigureEmbeddedEtcd
    static class Shop {
        @Nested
        class Inner {}
    }

    @SpringBootTest(classes = Application.class, properties = "spring.application.name=shop")
    @AutoConfigureEmbeddedEtcd
    static class SameShop {}

    static class Subclass extends Shop {}

    @SpringBootTest(
            classes = Application.class,
            properties = {"spring.application.name=other", "election.lease-duration=30s"})
    @AutoConfigureEmbeddedEtcd
    static class OtherShop {}

    @SpringBootTest(
            classes = Application.class,
            properties = {"spring.application.name=named", "election.etcd.endpoints=http://127.0.0.1:1"})
    @AutoConfigureEmbeddedEtcd
    static class NamingEndpoints {}

    @SpringBootTest(
            classes = Application.class,
            properties = {"spring.application.name=cloud", "spring.main.cloud-platform=kubernetes"})
    @AutoConfigureEmbeddedEtcd
    static class OnKubernetes {}

    @SpringBootTest(
            classes = {Application.class, RealEtcd.class},
            properties = "spring.application.name=client")
    @AutoConfigureEmbeddedEtcd
    static class WithClient {}

    @Configuration(proxyBeanMethods = false)
    static class RealEtcd {
        @Bean
        Client etcd() {
            return Client.builder().endpoints("http://127.0.0.1:1").build();
        }
    }

    @SpringBootTest(classes = Application.class, properties = "election.etcd.endpoints=http://127.0.0.1:1")
    static class Plain {}

    @SpringBootTest(classes = Application.class, properties = "spring.application.name=dirty")
    @AutoConfigureEmbeddedEtcd
    static class Dirty {}

    @SpringBootTest(
            classes = Application.class,
            properties = {"spring.application.name=shop", "election.lease-duration=30s"})
    @AutoConfigureEmbeddedEtcd
    static class Closing {}
}
