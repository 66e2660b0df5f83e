package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EtcdClientFactoryTests {
    private static final int TLS_HANDSHAKE = 22;

    @Test
    void speaksTlsToHttpsThoughThereIsNoBundle() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EtcdConnectionDetails details = () -> List.of("https://localhost:" + server.getLocalPort());
            EtcdClientFactory factory = new EtcdClientFactory(new ElectionProperties().getEtcd(), details, List.of());
            try (Client client = factory.create()) {
                var unused = client.getKVClient().get(ByteSequence.from(new byte[] {1}));
                try (Socket accepted = server.accept()) {
                    assertThat(accepted.getInputStream().read()).isEqualTo(TLS_HANDSHAKE);
                }
            }
        }
    }
}
