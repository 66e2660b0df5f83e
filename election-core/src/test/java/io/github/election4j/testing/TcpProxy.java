package io.github.election4j.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Stands between a member and etcd, and swallows what it is told to. */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean requestsSwallowed;
    private volatile boolean repliesSwallowed;
    private volatile long delayNanos;

    private TcpProxy(InetAddress address, InetSocketAddress target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, address);
    }

    public static TcpProxy to(TestEtcd etcd) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return to(loopback, new InetSocketAddress(loopback, etcd.port()));
    }

    /** Listens on an address of this host. */
    public static TcpProxy to(InetAddress address, InetSocketAddress target) {
        try {
            TcpProxy proxy = new TcpProxy(address, target);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    /** Whatever comes goes on so much later, either way. */
    public void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Connections stay open, nothing comes through either way. */
    public void blackHole() {
        requestsSwallowed = true;
        repliesSwallowed = true;
    }

    /** Requests reach etcd, replies do not come back. */
    public void swallowReplies() {
        repliesSwallowed = true;
    }

    /** Connections that have lost bytes are closed; new ones work. */
    public void heal() {
        requestsSwallowed = false;
        repliesSwallowed = false;
        sockets.forEach(TcpProxy::closeQuietly);
        sockets.clear();
    }

    @Override
    public void close() {
        closeQuietly(server);
        sockets.forEach(TcpProxy::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket etcd = new Socket(target.getAddress(), target.getPort());
                sockets.add(client);
                sockets.add(etcd);
                daemon(() -> pump(client, etcd, true));
                daemon(() -> pump(etcd, client, false));
            } catch (IOException refused) {
                // etcd is down, or the proxy is closed; the client tries again.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                LockSupport.parkNanos(delayNanos);
                if (!(requests ? requestsSwallowed : repliesSwallowed)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException closed) {
            // One side closed: so does the other, below.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception closed) {
            // Nothing to lose.
        }
    }
}
