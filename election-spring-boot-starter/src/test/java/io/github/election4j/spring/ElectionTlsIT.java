package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.SessionStatus;
import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** An etcd that speaks TLS and asks for a certificate, reached by an SSL bundle. */
@NeedsEtcd(real = true)
@Timeout(120)
class ElectionTlsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void leadsThroughAnSslBundle(@TempDir Path folder) {
        TestCertificate certificate = TestCertificate.create(folder);
        try (EtcdServer etcd = EtcdServer.startWithTls(certificate);
                ConfigurableApplicationContext application = TestApplication.run(
                        etcd,
                        "m1",
                        "election.etcd.ssl.bundle=etcd",
                        "spring.ssl.bundle.pem.etcd.truststore.certificate=file:" + certificate.certificate(),
                        "spring.ssl.bundle.pem.etcd.keystore.certificate=file:" + certificate.certificate(),
                        "spring.ssl.bundle.pem.etcd.keystore.private-key=file:" + certificate.privateKey())) {
            await().atMost(LIMIT).until(application.getBean(Election.class)::isLeader);
            assertThat(etcd.etcdctl("get", "--prefix", "/election/test/")).contains("\"id\":\"m1\"");
        }
    }

    @Test
    void staysDisconnectedAndSaysSoWithoutOne(@TempDir Path folder) {
        try (EtcdServer etcd = EtcdServer.startWithTls(TestCertificate.create(folder));
                ConfigurableApplicationContext application = TestApplication.run(etcd, "m1")) {
            Elections elections = application.getBean(Elections.class);
            await().atMost(LIMIT).until(() -> elections.session().state() == SessionStatus.State.DISCONNECTED);
            assertThat(elections.session().lastError()).isNotBlank();
        }
    }
}
