package io.github.election4j.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.election4j.embedded.EmbeddedEtcd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes of users, and looks at the servers that they were given. */
class WithEmbeddedEtcdIT {
    /** What each class was given, in the order in which it was. Classes run in threads of their own. */
    private static final Map<Class<?>, List<EmbeddedEtcd>> GIVEN = new ConcurrentHashMap<>();

    @BeforeEach
    void forget() {
        GIVEN.clear();
    }

    @Test
    void givesOneEtcdToAClassAndClosesIt() {
        run(6, Annotated.class);

        assertThat(GIVEN.get(Annotated.class)).hasSizeGreaterThan(6).containsOnly(etcdOf(Annotated.class));
        assertClosed(etcdOf(Annotated.class));
    }

    @Test
    void givesItToAClassWithOneInstance() {
        run(1, OneInstance.class);

        assertThat(GIVEN.get(OneInstance.class)).hasSize(3).containsOnly(etcdOf(OneInstance.class));
        assertClosed(etcdOf(OneInstance.class));
    }

    @Test
    void givesItToASubclass() {
        run(6, Inheriting.class);

        assertThat(GIVEN).containsOnlyKeys(Annotated.class);
    }

    @Test
    void givesEachOfSeveralClassesItsOwnInParallel() {
        run(9, Annotated.class, OneInstance.class, Registered.class);

        assertThat(Set.of(etcdOf(Annotated.class), etcdOf(OneInstance.class), etcdOf(Registered.class)))
                .hasSize(3);
        assertThat(GIVEN.values()).allSatisfy(given -> assertThat(given).containsOnly(given.get(0)));
    }

    @Test
    void givesOneToAClassThatRegistersTheExtension() {
        run(2, Registered.class);

        assertThat(GIVEN.get(Registered.class)).hasSize(2).containsOnly(etcdOf(Registered.class));
        assertClosed(etcdOf(Registered.class));
    }

    @Test
    void givesOneToEachTestThatRegistersTheExtensionInItsInstance() {
        run(2, RegisteredInInstance.class);

        assertThat(GIVEN.get(RegisteredInInstance.class)).hasSize(2).doesNotHaveDuplicates();
        GIVEN.get(RegisteredInInstance.class).forEach(WithEmbeddedEtcdIT::assertClosed);
    }

    @Test
    void givesNothingElse() {
        assertThat(summaryOf(Wanting.class).getTestsFailedCount()).isEqualTo(1);
    }

    private static void run(int tests, Class<?>... testClasses) {
        TestExecutionSummary summary = summaryOf(testClasses);
        assertThat(summary.getFailures())
                .extracting(TestExecutionSummary.Failure::getException)
                .isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(tests);
    }

    private static TestExecutionSummary summaryOf(Class<?>... testClasses) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(Stream.of(testClasses)
                                .map(DiscoverySelectors::selectClass)
                                .toList())
                        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                        .forExecution()
                        .listeners(summary)
                        .build());
        return summary.getSummary();
    }

    private static EmbeddedEtcd etcdOf(Class<?> testClass) {
        return Objects.requireNonNull(GIVEN.get(testClass)).get(0);
    }

    private static void given(Class<?> testClass, EmbeddedEtcd etcd) {
        GIVEN.computeIfAbsent(testClass, any -> Collections.synchronizedList(new ArrayList<>()))
                .add(etcd);
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), etcd.port())) {
            assertThat(connection.isConnected()).isTrue();
        } catch (IOException e) {
            throw new AssertionError("It does not listen", e);
        }
    }

    private static void assertClosed(EmbeddedEtcd etcd) {
        assertThatIOException().isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), etcd.port()).close());
    }

    @WithEmbeddedEtcd
    static class Annotated {
        Annotated(EmbeddedEtcd etcd) {
            given(Annotated.class, etcd);
        }

        @BeforeAll
        static void prepare(EmbeddedEtcd etcd) {
            given(Annotated.class, etcd);
        }

        @Test
        void one(EmbeddedEtcd etcd) {
            given(Annotated.class, etcd);
        }

        @Test
        void two(EmbeddedEtcd etcd) {
            given(Annotated.class, etcd);
        }

        @Nested
        class Inner {
            @BeforeEach
            void prepareEach(EmbeddedEtcd etcd) {
                given(Annotated.class, etcd);
            }

            @Test
            void three() {}

            @Test
            void four(EmbeddedEtcd etcd) {
                given(Annotated.class, etcd);
            }

            @Nested
            @WithEmbeddedEtcd
            class Innermost {
                @Test
                void five(EmbeddedEtcd etcd) {
                    given(Annotated.class, etcd);
                }

                @Test
                void six(EmbeddedEtcd etcd) {
                    given(Annotated.class, etcd);
                }
            }
        }
    }

    static class Inheriting extends Annotated {
        Inheriting(EmbeddedEtcd etcd) {
            super(etcd);
        }
    }

    @WithEmbeddedEtcd
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        OneInstance(EmbeddedEtcd etcd) {
            given(OneInstance.class, etcd);
        }

        @BeforeAll
        void prepare(EmbeddedEtcd etcd) {
            given(OneInstance.class, etcd);
        }

        @Test
        void one(EmbeddedEtcd etcd) {
            given(OneInstance.class, etcd);
        }
    }

    static class Registered {
        @RegisterExtension
        static final EmbeddedEtcdExtension ETCD = new EmbeddedEtcdExtension();

        @Test
        void one(EmbeddedEtcd etcd) {
            given(Registered.class, etcd);
        }

        @Test
        void two(EmbeddedEtcd etcd) {
            given(Registered.class, etcd);
        }
    }

    static class RegisteredInInstance {
        @RegisterExtension
        final EmbeddedEtcdExtension etcd = new EmbeddedEtcdExtension();

        @Test
        void one(EmbeddedEtcd given) {
            given(RegisteredInInstance.class, given);
        }

        @Test
        void two(EmbeddedEtcd given) {
            given(RegisteredInInstance.class, given);
        }
    }

    @WithEmbeddedEtcd
    static class Wanting {
        @Test
        void one(String somethingElse) {
            assertThat(somethingElse).isNotEmpty();
        }
    }
}
