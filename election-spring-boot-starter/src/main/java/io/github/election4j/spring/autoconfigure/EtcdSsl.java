package io.github.election4j.spring.autoconfigure;

import io.etcd.jetcd.ClientBuilder;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/** TLS to etcd from an SSL bundle. */
final class EtcdSsl {
    private EtcdSsl() {}

    static void apply(SslBundle bundle, ClientBuilder builder) {
        try {
            builder.sslContext(context(bundle));
        } catch (SSLException | RuntimeException unusable) {
            throw new IllegalStateException(
                    "The SSL bundle of election.etcd.ssl.bundle cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /** A bundle of Spring Boot's reads its files when it is asked for what is in them. */
    private static SslContext context(SslBundle bundle) throws SSLException {
        SslContextBuilder context = GrpcSslContexts.configure(SslContextBuilder.forClient())
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        SslOptions options = bundle.getOptions();
        if (options.getEnabledProtocols() != null) {
            context.protocols(options.getEnabledProtocols());
        }
        if (options.getCiphers() != null) {
            context.ciphers(SslOptions.asSet(options.getCiphers()));
        }
        return context.build();
    }

    /** Without a context of its own, jetcd would speak plaintext to an https endpoint, credentials included. */
    static void trustWhatTheJvmTrusts(ClientBuilder builder) {
        try {
            builder.sslContext(ofTheJvm -> {});
        } catch (SSLException unusable) {
            throw new IllegalStateException("The JVM's own trust store cannot be used for https endpoints", unusable);
        }
    }
}
