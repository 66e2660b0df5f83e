package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.lock.LockGrpc;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EtcdDeadlinesTests {
    private final EtcdDeadlines deadlines = new EtcdDeadlines(Duration.ofSeconds(3));

    @Test
    void boundsWhatEtcdAnswersAtOnce() {
        assertThat(deadlineOf(KVGrpc.getRangeMethod(), CallOptions.DEFAULT)).isNotNull();
        assertThat(deadlineOf(LeaseGrpc.getLeaseGrantMethod(), CallOptions.DEFAULT))
                .isNotNull();
    }

    @Test
    void leavesAloneWhatIsMeantToTakeLong() {
        assertThat(deadlineOf(LockGrpc.getLockMethod(), CallOptions.DEFAULT)).isNull();
        assertThat(deadlineOf(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT)).isNull();
        assertThat(deadlineOf(LeaseGrpc.getLeaseKeepAliveMethod(), CallOptions.DEFAULT))
                .isNull();
    }

    @Test
    void leavesADeadlineThatTheCallHas() {
        CallOptions longer = CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.HOURS);
        assertThat(deadlineOf(KVGrpc.getRangeMethod(), longer)).isSameAs(longer.getDeadline());
    }

    private @Nullable Deadline deadlineOf(MethodDescriptor<?, ?> method, CallOptions options) {
        return deadlines.bounded(method, options).getDeadline();
    }
}
