package io.github.election4j.etcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends every call that nobody waits for any more; a watch lives on. jetcd itself sets no deadline anywhere. */
final class DeadlineInterceptor implements ClientInterceptor {
    private final Duration timeout;

    DeadlineInterceptor(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        // A single renewal is a stream too, of its own each time; the streaming keep-alive is not used.
        boolean bounded = method.getType() == MethodType.UNARY
                || method.getFullMethodName().endsWith("/LeaseKeepAlive");
        CallOptions effective = bounded ? options.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS) : options;
        return next.newCall(method, effective);
    }
}
