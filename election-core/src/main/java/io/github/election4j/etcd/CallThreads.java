package io.github.election4j.etcd;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which calls of etcd are begun and their answers heard: of all sessions of the process together, as
 * many as are busy. Jetcd has a pool for each client and gRPC another, and each keeps for a minute as many threads as a
 * burst has needed, such as a thousand elections that begin together.
 *
 * <p>Not the thread of a session: interceptors and credentials, in which users have a part, may take their time.
 */
final class CallThreads implements ClientInterceptor {
    /** Longer than the time between two beats at any usual lease, so that one thread is there when it is needed. */
    private static final int IDLE_SECONDS = 5;

    static final ExecutorService POOL = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "election4j-etcd");
                thread.setDaemon(true);
                return thread;
            });

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return next.newCall(method, options.getExecutor() == null ? options.withExecutor(POOL) : options);
    }
}
