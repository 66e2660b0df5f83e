package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.spring.ManagedElections;
import io.github.election4j.testing.FreePort;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Which sessions follow an SSL bundle, and when. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SslBundleUpdatesTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NOWHERE = "https://127.0.0.1:" + FreePort.find();

    private final Bundles bundles = new Bundles();
    private final AtomicInteger clients = new AtomicInteger();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ElectionAutoConfiguration.class))
            .withBean(Bundles.class, () -> bundles)
            .withBean(EtcdClientBuilderCustomizer.class, () -> builder -> clients.incrementAndGet())
            .withPropertyValues(
                    "spring.application.name=shop",
                    "election.candidacy=started",
                    "election.etcd.endpoints=" + NOWHERE,
                    "election.etcd.ssl.bundle=etcd");

    /** Remembers who follows what. */
    private static final class Bundles extends DefaultSslBundleRegistry {
        private final AtomicInteger handlers = new AtomicInteger();

        private Bundles() {
            super("etcd", bundle());
        }

        @Override
        public void addBundleUpdateHandler(String name, Consumer<SslBundle> handler) {
            super.addBundleUpdateHandler(name, handler);
            handlers.incrementAndGet();
        }

        void update() {
            updateBundle("etcd", bundle());
        }

        private static SslBundle bundle() {
            return SslBundle.of(SslStoreBundle.NONE);
        }
    }

    @Test
    void buildsAClientOfTheUpdatedBundleAndSaysThatEtcdDoesNotAnswerIt(CapturedOutput output) {
        runner.run(context -> {
            await().atMost(LIMIT).until(() -> clients.get() == 1);

            bundles.update();

            await().atMost(LIMIT).until(() -> clients.get() > 1);
            await().atMost(LIMIT)
                    .until(() -> output.getOut().contains("SSL bundle 'etcd' (election.etcd.ssl.bundle) was updated"));
            assertThat(bundles.handlers).hasValue(1);
        });
    }

    @Test
    void sessionThatIsOutIsLeftAlone(CapturedOutput output) {
        runner.run(context -> {
            await().atMost(LIMIT).until(() -> clients.get() == 1);
            context.getSourceApplicationContext().stop();

            bundles.update();

            assertThat(context.getBean(Elections.class).reconnect())
                    .failsWithin(LIMIT)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            ElectionException.class,
                            closed -> assertThat(closed.kind()).isEqualTo(ElectionException.Kind.CLOSED));
            assertThat(clients).hasValue(1);
        });
        bundles.update();
        assertThat(output.getOut()).doesNotContain("was updated");
    }

    /** The bundles may be those of a parent context, which outlives many. */
    @Test
    void sessionThatNobodyUsesAnyMoreIsForgottenThoughBundlesForgetNoHandler() {
        WeakReference<Elections> forgotten = followed();

        await().atMost(LIMIT).until(() -> {
            System.gc();
            return forgotten.get() == null;
        });

        bundles.update();
        assertThat(bundles.handlers).hasValue(1);
    }

    private WeakReference<Elections> followed() {
        ManagedElections elections = new ManagedElections(
                () -> EtcdElections.builder().endpoints(NOWHERE).build());
        SslBundleUpdates.follow("etcd", bundles, elections);
        elections.close();
        return new WeakReference<>(elections);
    }

    @Test
    void doesNotFollowWhatConnectionDetailsOfTheApplicationsOwnDoNotUse() {
        runner.withBean(EtcdConnectionDetails.class, () -> () -> List.of(NOWHERE))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(bundles.handlers).hasValue(0);
                });
    }

    @Test
    void refusesTheNameOfNoBundleAtTheStart() {
        runner.withPropertyValues("election.etcd.ssl.bundle=misspelt")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(NoSuchSslBundleException.class)
                        .hasMessageContaining("misspelt"));
    }
}
