package io.github.election4j.spring.autoconfigure;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Ends requests that etcd does not answer in time; jetcd would wait for ever. Only those that etcd answers at once: a
 * lock is waited for as long as it takes, and so are watches, keep-alives and maintenance.
 */
final class EtcdDeadlines implements ClientInterceptor {
    private static final Set<String> SERVICES = Set.of("etcdserverpb.KV", "etcdserverpb.Lease", "etcdserverpb.Auth");

    private final Duration timeout;

    EtcdDeadlines(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return next.newCall(method, bounded(method, options));
    }

    CallOptions bounded(MethodDescriptor<?, ?> method, CallOptions options) {
        boolean answeredAtOnce = method.getType() == MethodDescriptor.MethodType.UNARY
                && SERVICES.contains(String.valueOf(method.getServiceName()));
        return answeredAtOnce && options.getDeadline() == null
                ? options.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
                : options;
    }
}
