package io.github.election4j.embedded.contract;

import io.github.election4j.embedded.EmbeddedEtcd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedEtcdContractIT extends EtcdContract {
    private static EmbeddedEtcd server;
    private static RawEtcd etcd;

    @BeforeAll
    static void start() {
        server = EmbeddedEtcd.start();
        etcd = new RawEtcd(server.endpoint());
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
