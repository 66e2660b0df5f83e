package io.github.election4j.embedded.internal.server;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The port on loopback; can be closed and opened again. Thread-safe. */
final class Listener {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final long CLOSE_SECONDS = 5;
    /** What etcd allows its clients. */
    private static final long PING_SECONDS = 5;

    private final ServerInterceptor interceptor;
    private final List<BindableService> services;
    private int port;
    private @Nullable Server server;

    Listener(int port, ServerInterceptor interceptor, BindableService... services) {
        this.port = port;
        this.interceptor = interceptor;
        this.services = List.of(services);
    }

    synchronized int port() {
        return port;
    }

    /** Listens; at the same port as before, if it has listened already. */
    synchronized void open() throws IOException {
        if (server == null) {
            NettyServerBuilder builder = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port))
                    .directExecutor() // Nothing is done here but to hand over to the owner.
                    .permitKeepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                    .intercept(interceptor);
            services.forEach(builder::addService);
            server = builder.build().start();
            port = server.getPort();
        }
    }

    /** Breaks every connection, and frees the port before it returns. */
    synchronized void close() {
        Server present = server;
        server = null;
        if (present != null) {
            try {
                present.shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
