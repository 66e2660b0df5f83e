package io.github.election4j.embedded.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.github.election4j.embedded.internal.model.EtcdModel;
import org.junit.jupiter.api.Test;

class EtcdProcessTests {
    private static final ByteString KEY = ByteString.copyFromUtf8("a");
    private static final int KEPT = 10_000;

    /** Its history lives in the memory of the application. */
    @Test
    void keepsTheLastTenThousandRevisions() {
        EtcdModel model = EtcdProcess.model();
        PutRequest put = PutRequest.newBuilder().setKey(KEY).build();
        for (int i = 0; i < KEPT + 100; i++) {
            assertThat(model.put(put).hasHeader()).isTrue();
        }
        long last = model.header().getRevision();

        assertThat(model.range(at(last - KEPT)).getKvs(0).getModRevision()).isEqualTo(last - KEPT);
        assertThatThrownBy(() -> model.range(at(last - KEPT - 1)))
                .hasMessage("OUT_OF_RANGE: etcdserver: mvcc: required revision has been compacted");
    }

    private static RangeRequest at(long revision) {
        return RangeRequest.newBuilder().setKey(KEY).setRevision(revision).build();
    }
}
