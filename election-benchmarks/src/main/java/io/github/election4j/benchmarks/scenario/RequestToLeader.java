package io.github.election4j.benchmarks.scenario;

import com.sun.net.httpserver.HttpServer;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.spring.web.LeaderRequestInterceptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.web.client.RestClient;

/** What it costs to send a request to whoever leads, beside one to an address that is known. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestToLeader {
    private static final String PATH = "/orders?open=true";

    private @Nullable HttpServer server;
    private @Nullable Elections session;
    private @Nullable RestClient direct;
    private @Nullable RestClient leader;

    /** Becomes the leader. */
    @Setup
    public void lead() throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else an answer waits 40 ms for an acknowledgement
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] answer = "none".getBytes(StandardCharsets.UTF_8);
        started.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        started.start();
        server = started;
        String address = "http://127.0.0.1:" + started.getAddress().getPort();
        lead(address);
        direct = RestClient.create(address);
    }

    private void lead(String address) throws Exception {
        Elections opened = EtcdElections.builder()
                .endpoints(System.getProperty(ByJmh.ADDRESS))
                .build();
        session = opened;
        Election election = opened.join(ElectionConfig.of("/request", "m1").withAddress(address));
        Waits.until("it leads", Duration.ofSeconds(30), () -> election.leader().isPresent());
        leader = RestClient.builder()
                .requestInterceptor(new LeaderRequestInterceptor(election))
                .build();
    }

    /** Leaves. */
    @TearDown
    public void leave() {
        if (session != null) {
            session.close();
        }
        if (server != null) {
            server.stop(0);
        }
    }

    /** {@return the answer of an address that is known} */
    @Benchmark
    public @Nullable String toAddress() {
        return answer(direct);
    }

    /** {@return the answer of the leader} */
    @Benchmark
    public @Nullable String toLeader() {
        return answer(leader);
    }

    private static @Nullable String answer(@Nullable RestClient client) {
        return Objects.requireNonNull(client).get().uri(PATH).retrieve().body(String.class);
    }
}
