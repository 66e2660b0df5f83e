package io.github.election4j.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The libraries that are compared. */
public final class Peers {
    private static final Properties VERSIONS = load();

    private Peers() {}

    /** {@return all of them, ours first} */
    public static List<Peer> all() {
        return List.of(Election4jPeer.USUAL, new JetcdPeer(), new CuratorPeer(), new SpringRedisPeer());
    }

    /** {@return ours, set to replace a silent leader after the shortest time that it allows} */
    public static Peer hasty() {
        return Election4jPeer.HASTY;
    }

    /** {@return ours, which hands over to the next in the queue, and ours, which hands over to the last} */
    public static List<Peer> transferring() {
        return List.of(Election4jPeer.USUAL, Election4jPeer.TRANSFERRING);
    }

    /**
     * {@return one of them}
     *
     * @param name its name
     */
    public static Peer named(String name) {
        return Stream.concat(all().stream(), Stream.of(Election4jPeer.HASTY))
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No peer named '" + name + "'"));
    }

    static String version(String library) {
        return VERSIONS.getProperty(library);
    }

    private static Properties load() {
        Properties versions = new Properties();
        try (InputStream in = Peers.class.getResourceAsStream("/versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }
}
