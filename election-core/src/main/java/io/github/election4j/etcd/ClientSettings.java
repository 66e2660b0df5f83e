package io.github.election4j.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the clients of a session are built of, as it was when the session was built. */
record ClientSettings(
        List<URI> endpoints,
        @Nullable String user,
        @Nullable String password,
        Duration connectTimeout,
        Duration requestTimeout,
        Consumer<ClientBuilder> customizer) {

    /** A queue is read at once; by default, three large values that anybody has put there would keep everybody out. */
    private static final int LARGEST_MESSAGE = 64 << 20;

    ClientSettings {
        endpoints = List.copyOf(endpoints);
    }

    /** Calls the user's customizer, which may take its time. */
    EtcdClient newClient() {
        ClientBuilder builder = Client.builder()
                .endpoints(endpoints)
                .connectTimeout(connectTimeout)
                .keepaliveTime(Duration.ofSeconds(10))
                .keepaliveTimeout(Duration.ofSeconds(2))
                .keepaliveWithoutCalls(false) // etcd answers pings on idle connections with too_many_pings
                .retryDelay(50)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .executorService(CallThreads.POOL)
                .interceptor(new CallThreads())
                .interceptor(new DeadlineInterceptor(requestTimeout));
        if (user != null && password != null) {
            builder.user(Keys.text(user)).password(Keys.text(password));
        }
        if (speakTls(endpoints)) {
            trustWhatTheJvmTrusts(builder);
        }
        customizer.accept(builder);
        return EtcdClient.of(builder); // Its interceptor has to be the last.
    }

    static boolean speakTls(List<URI> endpoints) {
        return endpoints.stream().anyMatch(each -> "https".equals(each.getScheme()));
    }

    /** Without a context of its own, jetcd would speak plaintext to an https endpoint, credentials included. */
    private static void trustWhatTheJvmTrusts(ClientBuilder builder) {
        try {
            builder.sslContext(ofTheJvm -> {});
        } catch (SSLException unusable) {
            throw new IllegalStateException("The JVM's own trust store cannot be used for https endpoints", unusable);
        }
    }
}
