package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A port that tells whether somebody connects, and says nothing. */
final class Reached implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final ServerSocket server;

    Reached() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            server.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Waits for the next to connect. */
    Socket awaitConnection() {
        try {
            Socket connected = server.accept();
            connected.setSoTimeout(PATIENCE_MILLIS);
            return connected;
        } catch (SocketTimeoutException nobody) {
            return fail("Nobody connected to " + endpoint(), nobody);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awaitEnd(Socket connected) {
        try (InputStream in = connected.getInputStream()) {
            assertThat(in.readAllBytes()).isNotNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
