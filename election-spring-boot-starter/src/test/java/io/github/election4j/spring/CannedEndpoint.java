package io.github.election4j.spring;

import static org.mockito.Mockito.mock;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.election4j.Elections;
import io.github.election4j.spring.actuate.ElectionEndpoint;
import io.github.election4j.spring.actuate.ElectionEndpointWebExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;

/** Serves the page, and answers it whatever a test says. */
final class CannedEndpoint implements AutoCloseable {
    /** What the page has sent to operate. */
    record Operation(
            String path, String body, String type, @Nullable String token) {}

    private final HttpServer server;
    private final byte[] page;
    private final AtomicInteger reads = new AtomicInteger();
    private final List<Operation> operations = new CopyOnWriteArrayList<>();
    private volatile String state = "{}";
    private volatile int status = 200;
    private volatile int outcomeStatus = 200;
    private volatile String outcome = "{}";

    private CannedEndpoint(HttpServer server, Access access) {
        this.server = server;
        ElectionEndpoint none = new ElectionEndpoint(mock(Elections.class), List.of(), null);
        page = new ElectionEndpointWebExtension(none, access).page();
    }

    static CannedEndpoint start(Access access) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            CannedEndpoint endpoint = new CannedEndpoint(server, access);
            server.createContext("/", endpoint::answer);
            server.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Behind a prefix, as a proxy makes them. */
    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/shop/actuator/election";
    }

    void shows(String json) {
        status = 200;
        state = json;
    }

    void fails(int withStatus) {
        status = withStatus;
    }

    void answersOperationsWith(int withStatus, String json) {
        outcomeStatus = withStatus;
        outcome = json;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    int reads() {
        return reads.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
            if ("POST".equals(exchange.getRequestMethod())) {
                operations.add(new Operation(
                        exchange.getRequestURI().getPath(),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                        exchange.getRequestHeaders().getFirst("X-XSRF-TOKEN")));
                send(exchange, outcomeStatus, "application/json", outcome.getBytes(StandardCharsets.UTF_8));
            } else if (accept.contains("text/html")) {
                send(exchange, 200, "text/html", page);
            } else {
                reads.incrementAndGet();
                send(exchange, status, "application/json", state.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
