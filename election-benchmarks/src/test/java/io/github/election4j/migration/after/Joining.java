package io.github.election4j.migration.after;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.etcd.EtcdElections;

/** What takes the place of a started CuratorFramework. */
final class Joining {
    private Joining() {}

    static Election join(String endpoint) {
        Elections elections = EtcdElections.builder().endpoints(endpoint).build();
        Election election = elections.join(ElectionConfig.of("/election/reports", "m1"));
        return election;
    }
}
