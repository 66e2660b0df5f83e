package io.github.election4j.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the programs of etcd, those named by properties before those on the path, or says how to install them. */
public enum EtcdBinary {
    SERVER("etcd"),
    CLIENT("etcdctl");

    private final String name;

    EtcdBinary(String name) {
        this.name = name;
    }

    public static String server() {
        return SERVER.path();
    }

    public static String client() {
        return CLIENT.path();
    }

    /** Empty if it is there, else how to get it. */
    static Optional<String> missingServer() {
        return SERVER.missing();
    }

    /** Empty if it is there, else how to get it. */
    static Optional<String> missingClient() {
        return CLIENT.missing();
    }

    private String path() {
        return find().map(Path::toString)
                .orElseThrow(() -> new IllegalStateException("No " + name + " program found: " + remedy()));
    }

    private Optional<String> missing() {
        return find().isPresent() ? Optional.empty() : Optional.of(remedy());
    }

    private String property() {
        return "election4j." + name;
    }

    private String remedy() {
        return "install it (apt-get install etcd-server etcd-client; brew install etcd), or name it with -D"
                + property() + "=/path/to/" + name + ".";
    }

    private Optional<Path> find() {
        @Nullable String named = System.getProperty(property());
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return Programs.find(name);
    }
}
