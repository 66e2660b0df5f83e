package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdExceptionFactory;
import io.github.election4j.spi.StoreException.Kind;
import io.grpc.Status;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EtcdErrorsTests {
    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of(
                        Status.NOT_FOUND.withDescription("etcdserver: requested lease not found"),
                        Kind.LEASE_NOT_FOUND),
                Arguments.of(Status.PERMISSION_DENIED.withDescription("etcdserver: permission denied"), Kind.DENIED),
                Arguments.of(Status.INVALID_ARGUMENT.withDescription("etcdserver: user name is empty"), Kind.DENIED),
                Arguments.of(
                        Status.UNAUTHENTICATED.withDescription("etcdserver: invalid auth token"), Kind.UNAVAILABLE),
                Arguments.of(
                        Status.RESOURCE_EXHAUSTED.withDescription("etcdserver: mvcc: database space exceeded"),
                        Kind.REFUSED),
                Arguments.of(
                        Status.OUT_OF_RANGE.withDescription("etcdserver: mvcc: required revision has been compacted"),
                        Kind.COMPACTED),
                Arguments.of(
                        Status.RESOURCE_EXHAUSTED.withDescription("gRPC message exceeds maximum size"),
                        Kind.UNAVAILABLE),
                Arguments.of(Status.RESOURCE_EXHAUSTED.withDescription("etcdserver: too many requests"), Kind.BUSY),
                Arguments.of(Status.UNAVAILABLE.withDescription("etcdserver: too many requests"), Kind.BUSY),
                Arguments.of(Status.DEADLINE_EXCEEDED, Kind.UNAVAILABLE),
                Arguments.of(Status.UNAVAILABLE.withDescription("etcdserver: no leader"), Kind.UNAVAILABLE),
                Arguments.of(Status.CANCELLED, Kind.UNAVAILABLE));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void tellsWhatAStatusMeans(Status status, Kind kind) {
        assertThat(EtcdErrors.normalise(new CompletionException(status.asRuntimeException()))
                        .kind())
                .isEqualTo(kind);
        assertThat(EtcdErrors.normalise(status.asException()).kind()).isEqualTo(kind);
    }

    @Test
    void understandsJetcdsOwnExceptions() {
        assertThat(EtcdErrors.normalise(EtcdExceptionFactory.newEtcdException(ErrorCode.NOT_FOUND, "lease"))
                        .kind())
                .isEqualTo(Kind.LEASE_NOT_FOUND);
        assertThat(EtcdErrors.normalise(EtcdExceptionFactory.newCompactedException(7))
                        .kind())
                .isEqualTo(Kind.COMPACTED);
    }

    @Test
    void keepsToOneLine() {
        assertThat(EtcdErrors.normalise(new IllegalStateException("first\nsecond"))
                        .reason())
                .isEqualTo("first");
        assertThat(EtcdErrors.normalise(new TimeoutException()).reason()).contains("in time");
    }
}
