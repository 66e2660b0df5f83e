package io.github.election4j.embedded.contract;

import io.github.election4j.testing.EtcdServer;
import io.github.election4j.testing.NeedsEtcd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@NeedsEtcd(real = true)
class RealEtcdContractIT extends EtcdContract {
    private static EtcdServer server;
    private static RawEtcd etcd;

    @BeforeAll
    static void start() {
        server = EtcdServer.start("--unsafe-no-fsync");
        etcd = new RawEtcd(server.endpoint());
        EtcdVersion.of(etcd);
    }

    @AfterAll
    static void stop() {
        etcd.close();
        server.close();
    }

    @Override
    RawEtcd raw() {
        return etcd;
    }
}
