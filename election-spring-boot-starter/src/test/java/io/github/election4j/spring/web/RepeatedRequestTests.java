package io.github.election4j.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Each client, and whatever it sends by, to a leader that is gone and one that has taken over. */
@Timeout(60)
class RepeatedRequestTests {
    private static final String BODY = "three apples";

    private final Election election = mock(Election.class);
    private final List<String> received = new CopyOnWriteArrayList<>();
    private int status = 200;
    private HttpServer server;
    private Candidate gone;
    private Candidate present;

    static Stream<Arguments> clients() {
        return Stream.of(
                Arguments.of(Named.of("RestClient, JDK", rest(new JdkClientHttpRequestFactory()))),
                Arguments.of(Named.of("RestClient, Netty", rest(new ReactorClientHttpRequestFactory()))),
                Arguments.of(Named.of("RestClient, URLConnection", rest(new SimpleClientHttpRequestFactory()))),
                Arguments.of(Named.of("WebClient", (Client) RepeatedRequestTests::reactive)));
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
        gone = candidate(FreePort.find(), 7);
        present = candidate(server.getAddress().getPort(), 8);
        when(election.name()).thenReturn("orders");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void goesToWhoeverLeadsByThen(Client client) {
        when(election.leader()).thenReturn(Optional.of(gone)).thenReturn(Optional.of(present));

        assertThat(client.send(election, HttpMethod.PUT)).isEqualTo("done");

        assertThat(received).containsExactly("PUT /shop/a%2Fb?c=%26 orders 8 " + BODY);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isNotSentASecondTimeIfItMightBeDoneTwice(Client client) {
        when(election.leader()).thenReturn(Optional.of(gone)).thenReturn(Optional.of(present));

        assertThatThrownBy(() -> client.send(election, HttpMethod.POST)).isInstanceOf(RuntimeException.class);

        assertThat(received).isEmpty();
        verify(election, times(1)).leader();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isNotSentAThirdTime(Client client) {
        when(election.leader())
                .thenReturn(Optional.of(gone))
                .thenReturn(Optional.of(gone))
                .thenReturn(Optional.of(present));

        assertThatThrownBy(() -> client.send(election, HttpMethod.PUT)).isInstanceOf(RuntimeException.class);

        assertThat(received).isEmpty();
        verify(election, times(2)).leader();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void isNotSentAgainOnceItWasAnswered(Client client) {
        status = 503;
        when(election.leader()).thenReturn(Optional.of(present));

        assertThatThrownBy(() -> client.send(election, HttpMethod.PUT)).hasMessageContaining("503");

        assertThat(received).hasSize(1);
    }

    private static Client rest(ClientHttpRequestFactory requests) {
        return (election, method) -> Objects.requireNonNull(RestClient.builder()
                .requestFactory(requests)
                .requestInterceptor(new LeaderRequestInterceptor(election))
                .build()
                .method(method)
                .uri("/{path}?c={query}", "a/b", "&")
                .body(BODY)
                .retrieve()
                .body(String.class));
    }

    private static String reactive(Election election, HttpMethod method) {
        return Objects.requireNonNull(WebClient.builder()
                .filter(new LeaderExchangeFilter(election))
                .build()
                .method(method)
                .uri("/{path}?c={query}", "a/b", "&")
                .bodyValue(BODY)
                .retrieve()
                .bodyToMono(String.class)
                .block(Duration.ofSeconds(30)));
    }

    private static Candidate candidate(int port, long token) {
        return new Candidate("m" + token, "http://127.0.0.1:" + port + "/shop", "/e/" + token, token);
    }

    private void receive(HttpExchange exchange) throws IOException {
        received.add(String.join(
                " ",
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst(ElectionHeaders.NAME),
                exchange.getRequestHeaders().getFirst(ElectionHeaders.TOKEN),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] answer = "done".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Sends {@code /a%2Fb?c=%26} with a body. */
    interface Client {
        String send(Election election, HttpMethod method);
    }
}
