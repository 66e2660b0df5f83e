package io.github.election4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent first to an endpoint that is said to speak TLS: nothing that anybody on the way could read. */
@Timeout(60)
class HttpsEndpointIT {
    private static final int TLS_HANDSHAKE = 22;

    @Test
    void speaksTlsThoughNobodyHasSetAContext() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Elections elections = EtcdElections.builder()
                        .endpoints("https://localhost:" + server.getLocalPort())
                        .credentials("user", "secret")
                        .build()) {
            elections.join(ElectionConfig.of("/tls", "m1"));

            try (Socket client = server.accept()) {
                assertThat(client.getInputStream().read()).isEqualTo(TLS_HANDSHAKE);
            }
        }
    }
}
