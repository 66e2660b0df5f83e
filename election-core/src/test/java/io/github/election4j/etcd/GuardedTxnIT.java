package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.github.election4j.ElectionException;
import io.github.election4j.Leadership;
import io.github.election4j.testing.Member;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NeedsEtcd
@Timeout(120)
class GuardedTxnIT {
    private static final Op WRITE = Op.put(Keys.text("/work"), Keys.text("done"), PutOption.DEFAULT);

    @Test
    void writesOnlyWhileTheTermLasts() throws Exception {
        try (TestEtcd etcd = TestEtcd.started();
                Client client = Client.builder().endpoints(etcd.endpoint()).build();
                Member member = Member.join("/guarded", "m1", Duration.ofSeconds(10), etcd.endpoint())) {
            Leadership term = member.awaitLeader().election().leadership().orElseThrow();
            term.requireValid();
            assertThat(term.remaining()).isPositive();
            assertThat(commit(client, term).isSucceeded()).isTrue();

            Cmp never = new Cmp(Keys.text("/work"), Cmp.Op.EQUAL, CmpTarget.version(99));
            TxnResponse conditionFailed = GuardedTxn.of(client.getKVClient(), term)
                    .onlyIf(never)
                    .then(WRITE)
                    .commit()
                    .get(5, TimeUnit.SECONDS);
            assertThat(conditionFailed.isSucceeded()).isFalse();

            member.election().resign().get(5, TimeUnit.SECONDS);

            assertThat(term.isValid()).isFalse();
            assertThat(term.lost()).succeedsWithin(Duration.ofSeconds(5));
            assertThatThrownBy(term::requireValid)
                    .isInstanceOfSatisfying(
                            ElectionException.class,
                            lost -> assertThat(lost.kind()).isEqualTo(ElectionException.Kind.NOT_LEADER));
            assertThatThrownBy(() -> commit(client, term)).hasCauseInstanceOf(ElectionException.class);
            TxnResponse bare = client.getKVClient()
                    .txn()
                    .If(GuardedTxn.guard(term, ""))
                    .Then(WRITE)
                    .commit()
                    .get(5, TimeUnit.SECONDS);
            assertThat(bare.isSucceeded()).isFalse();
        }
    }

    /** The one case that no clock can catch: the key is gone and this member has not heard. */
    @Test
    void refusesAWriteAfterTheKeyIsGoneThoughTheTermLooksValid() throws Exception {
        try (TestEtcd etcd = TestEtcd.started();
                Client client = Client.builder().endpoints(etcd.endpoint()).build()) {
            Leadership stale = new StaleLeadership("/guarded/1f", 4711);
            assertThatThrownBy(() -> commit(client, stale))
                    .cause()
                    .isInstanceOf(ElectionException.class)
                    .hasMessageContaining("4711")
                    .hasMessageContaining("nothing was written");
            ByteSequence work = Keys.text("/work");
            assertThat(client.getKVClient().get(work).get(5, TimeUnit.SECONDS).getKvs())
                    .isEmpty();
        }
    }

    private static TxnResponse commit(Client client, Leadership term) throws Exception {
        return GuardedTxn.of(client.getKVClient(), term).then(WRITE).commit().get(5, TimeUnit.SECONDS);
    }
}
