package io.github.election4j.embedded.internal.server;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
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
    private @Nullable Opened opened;

    Listener(int port, ServerInterceptor interceptor, BindableService... services) {
        this.port = port;
        this.interceptor = interceptor;
        this.services = List.of(services);
    }

    synchronized int port() {
        return port;
    }

    /** A server, and the thread of its connections. */
    private record Opened(Server server, EventLoopGroup thread) {}

    /** Listens; at the same port as before, if it has listened already. */
    synchronized void open() throws IOException {
        if (opened == null) {
            EventLoopGroup thread = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("election4j-embedded-etcd-port", true), NioIoHandler.newFactory());
            try {
                Server server = start(thread);
                port = server.getPort();
                opened = new Opened(server, thread);
            } catch (IOException failed) {
                end(thread);
                throw failed;
            }
        }
    }

    private Server start(EventLoopGroup thread) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port))
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(thread)
                .workerEventLoopGroup(thread)
                .directExecutor() // Nothing is done here but to hand over to the owner.
                .permitKeepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                .intercept(interceptor);
        services.forEach(builder::addService);
        return builder.build().start();
    }

    /** Breaks every connection, and frees the port before it returns. */
    synchronized void close() {
        Opened last = opened;
        opened = null;
        if (last != null) {
            try {
                last.server().shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            end(last.thread());
        }
    }

    /** A socket that is closed still listens until its selector has looked again, or is closed itself. */
    private static void end(EventLoopGroup thread) {
        thread.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
