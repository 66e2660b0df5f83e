package io.github.election4j.embedded.contract;

import io.github.election4j.testing.Evidence;
import java.util.Arrays;
import java.util.Optional;

/** The versions whose answers are known here. Where they differ, the contract says what each answers. */
enum EtcdVersion {
    V3_4("3.4."),
    V3_5("3.5.");

    private final String prefix;

    EtcdVersion(String prefix) {
        this.prefix = prefix;
    }

    /** Of a server; what asks one of another version has no evidence to give. */
    static EtcdVersion of(RawEtcd etcd) {
        String version = etcd.version();
        Optional<EtcdVersion> known = Arrays.stream(values())
                .filter(each -> version.startsWith(each.prefix))
                .findFirst();
        Evidence.require(
                known.isPresent(),
                "etcd 3.4 or 3.5",
                "this is " + version
                        + ", whose answers are not known; name another with -Delection4j.etcd=/path/to/etcd.");
        return known.orElseThrow();
    }
}
