package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.SessionStatus;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TcpProxy;
import io.github.election4j.testing.TestAuthority;
import io.github.election4j.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Certificates that are rotated, in the files of an SSL bundle, under an application that leads. */
@NeedsEtcd(real = true)
@Timeout(240)
@ExtendWith(OutputCaptureExtension.class)
class ElectionTlsRotationIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String IN_USE = "SSL bundle 'etcd' (election.etcd.ssl.bundle) was updated: it is in use now";

    @TempDir
    private Path folder;

    private TestAuthority authority;
    private EtcdServer etcd;
    private TcpProxy proxy;

    @BeforeEach
    void start() {
        authority = TestAuthority.create(folder.resolve("authority"));
        etcd = EtcdServer.startWithTls(authority.issue("server", DAY), authority.certificate());
        proxy = TcpProxy.to(etcd);
    }

    @AfterEach
    void stop() {
        proxy.close();
        etcd.close();
    }

    /**
     * The old certificate has expired when all connections break: only one with the new certificate can follow. To wait
     * for that takes a minute.
     */
    @Test
    @Tag("proof")
    void termOutlivesTheCertificatesItBeganWith(CapturedOutput output) {
        Duration validity = Duration.ofSeconds(60);
        TestCertificate client = authority.issue("client", validity);
        Instant expiry = Instant.now().plus(validity);
        try (ConfigurableApplicationContext application = lead(client)) {
            Election election = application.getBean(Election.class);
            Elections elections = application.getBean(Elections.class);
            long token = token(election);
            long lease = elections.session().leaseId();
            try (Watcher watcher = new Watcher(election)) {
                authority.issue("server", DAY);
                authority.issue("client", DAY);
                await().atMost(LIMIT).until(() -> output.getOut().contains(IN_USE));
                assertThat(Instant.now()).isBefore(expiry);
                await().atMost(validity.plusSeconds(5))
                        .until(() -> Instant.now().isAfter(expiry.plusSeconds(2)));

                proxy.heal();
                awaitRenewal(application);

                assertThat(watcher.sawItNotLead()).isFalse();
            }
            assertThat(token(election)).isEqualTo(token);
            assertThat(elections.session().leaseId()).isEqualTo(lease);
            assertThat(elections.session().state()).isEqualTo(SessionStatus.State.ACTIVE);
        }
    }

    @Test
    void bundleThatCannotBeUsedIsToldOfAndNotUsed(CapturedOutput output) throws IOException {
        TestCertificate client = authority.issue("client", DAY);
        try (ConfigurableApplicationContext application = lead(client)) {
            Election election = application.getBean(Election.class);
            long token = token(election);
            TestApplication.Heard heard = application.getBean(TestApplication.Heard.class);
            try (Watcher watcher = new Watcher(election)) {
                Files.writeString(client.certificate(), "not a certificate");
                awaitFailure(output, heard, "cannot be used");
                assertThat(election.status().lastError()).contains("reconnect", "election.etcd.ssl.bundle");

                replace(client, authority.issue("elsewhere", DAY));
                await().atMost(LIMIT).until(() -> output.getOut().contains(IN_USE));
                assertThat(election.status().lastError()).isNull();

                heard.errors().clear();
                TestAuthority another = TestAuthority.create(folder.resolve("another"));
                replace(client, another.issue("client", DAY));
                awaitFailure(output, heard, "refuses the other's certificate");
                awaitRenewal(application);

                replace(client, authority.issue("elsewhere", DAY));
                await().atMost(LIMIT).until(() -> election.status().lastError() == null);
                assertThat(watcher.sawItNotLead()).isFalse();
            }
            assertThat(token(election)).isEqualTo(token);
        }
    }

    private static void awaitFailure(CapturedOutput output, TestApplication.Heard heard, String message) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(heard.errors()).anySatisfy(error -> {
                    assertThat(error.getOperation()).isEqualTo("reconnect");
                    assertThat(error.getMessage()).contains(message);
                }));
        await().atMost(LIMIT)
                .until(() -> output.getOut()
                        .lines()
                        .anyMatch(line -> line.contains("WARN")
                                && line.contains("SSL bundle 'etcd' (election.etcd.ssl.bundle)")));
    }

    private ConfigurableApplicationContext lead(TestCertificate client) {
        ConfigurableApplicationContext application = TestApplication.run(
                etcd,
                "m1",
                "election.lease-duration=10s",
                "election.etcd.endpoints=" + proxy.endpoint().replace("http:", "https:"),
                "election.etcd.ssl.bundle=etcd",
                "spring.ssl.bundle.watch.file.quiet-period=500ms",
                "spring.ssl.bundle.pem.etcd.reload-on-update=true",
                "spring.ssl.bundle.pem.etcd.truststore.certificate=file:" + authority.certificate(),
                "spring.ssl.bundle.pem.etcd.keystore.certificate=file:" + client.certificate(),
                "spring.ssl.bundle.pem.etcd.keystore.private-key=file:" + client.privateKey());
        await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);
        return application;
    }

    /** Over whichever connection is in use now. */
    private static void awaitRenewal(ConfigurableApplicationContext application) {
        Elections elections = application.getBean(Elections.class);
        Duration left = elections.session().validFor();
        await().atMost(LIMIT).until(() -> elections.session().validFor().compareTo(left) > 0);
    }

    private static void replace(TestCertificate used, TestCertificate by) throws IOException {
        Files.move(by.certificate(), used.certificate(), StandardCopyOption.ATOMIC_MOVE);
        Files.move(by.privateKey(), used.privateKey(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static long token(Election election) {
        return election.leadership().orElseThrow().fencingToken();
    }

    /** Asks all the time. */
    private static final class Watcher implements AutoCloseable {
        private final Thread thread;
        private volatile boolean sawItNotLead;
        private volatile boolean stopped;

        private Watcher(Election election) {
            thread = new Thread(() -> watch(election), "watcher");
            thread.setDaemon(true);
            thread.start();
        }

        private void watch(Election election) {
            while (!stopped) {
                sawItNotLead |= !election.isLeader();
                LockSupport.parkNanos(1_000_000);
            }
        }

        boolean sawItNotLead() {
            return sawItNotLead;
        }

        @Override
        public void close() {
            stopped = true;
        }
    }
}
