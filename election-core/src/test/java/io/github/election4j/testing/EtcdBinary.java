package io.github.election4j.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the binaries of etcd, or says how to install them; a test is never skipped for want of them. */
final class EtcdBinary {
    private EtcdBinary() {}

    static String server() {
        return find("election4j.etcd", "ETCD", "etcd");
    }

    static String client() {
        return find("election4j.etcdctl", "ETCDCTL", "etcdctl");
    }

    private static String find(String property, String variable, String name) {
        @Nullable String named = System.getProperty(property, System.getenv(variable));
        Optional<Path> found = named != null
                ? Optional.of(Path.of(named)).filter(Files::isExecutable)
                : Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .findFirst();
        return found.map(Path::toString)
                .orElseThrow(() -> new IllegalStateException("No " + name + " binary found: install it (apt-get install"
                        + " etcd-server etcd-client) or name it with -D" + property + "=/path/to/" + name + "."));
    }
}
