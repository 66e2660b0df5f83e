package io.github.election4j.examples;

// tag::spring[]
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.Elections;
import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.embedded.spring.AutoConfigureEmbeddedEtcd;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@AutoConfigureEmbeddedEtcd
class ReportApplicationIT {
    @Test
    void leadsAgainAfterItsLeaseIsLost(
            @Autowired Election election, @Autowired Elections elections, @Autowired EmbeddedEtcd etcd) {
        await().until(election::isLeader);
        long token = election.leadership().orElseThrow().fencingToken();

        etcd.faults().expireLease(elections.session().leaseId());

        await().until(() -> election.leadership().stream().anyMatch(term -> term.fencingToken() > token));
        assertThat(election.candidates()).hasSize(1);
    }
}
// end::spring[]
