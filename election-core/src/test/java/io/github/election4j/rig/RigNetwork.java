package io.github.election4j.rig;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Hosts in network namespaces, joined by a bridge, on which this process is too. */
final class RigNetwork implements AutoCloseable {
    private static final String NOBODY = "02:00:00:00:00:99";

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The kernel takes its time to remove what is left of the last one. */
    private final int count = COUNT.incrementAndGet();

    private final long number = ProcessHandle.current().pid() % 10_000;
    private final String prefix = "10.77." + (number + count) % 250 + ".";
    private final String bridge = "e4j" + number + "n" + count;
    private final List<Host> hosts = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();

    RigNetwork() {
        Shell.run("ip", "link", "add", bridge, "type", "bridge");
        Shell.run("ip", "addr", "add", address() + "/24", "dev", bridge);
        Shell.run("ip", "link", "set", bridge, "up");
    }

    private record Cut(Host from, String to) {}

    /** Its only link is {@code eth0}. */
    record Host(String namespace, String address) {
        private static final Duration LIMIT = Duration.ofSeconds(2);

        private static final String ASK =
                "exec 3<>/dev/tcp/$0/$1; printf 'GET /version HTTP/1.0\\r\\n\\r\\n' >&3; read -r -n 1 -u 3";

        /** How long it takes from here until an HTTP server has begun to answer; empty if it does not in time. */
        Optional<Duration> roundTrip(String endpoint, Duration limit) {
            URI uri = URI.create(endpoint);
            String port = Integer.toString(uri.getPort());
            String seconds = Long.toString(limit.toSeconds());
            long start = System.nanoTime();
            try {
                Shell.run("ip", "netns", "exec", namespace, "timeout", seconds, "bash", "-c", ASK, uri.getHost(), port);
                return Optional.of(Duration.ofNanos(System.nanoTime() - start));
            } catch (IllegalStateException unanswered) {
                return Optional.empty();
            }
        }

        /** Asks all at the same time. */
        boolean isAnsweredByAny(List<String> endpoints) {
            List<CompletableFuture<Optional<Duration>>> asked = endpoints.stream()
                    .map(each -> CompletableFuture.supplyAsync(() -> roundTrip(each, LIMIT)))
                    .toList();
            return asked.stream().map(CompletableFuture::join).anyMatch(Optional::isPresent);
        }
    }

    /** Of this process. */
    String address() {
        return prefix + "1";
    }

    Host add() {
        int index = hosts.size() + 1;
        Host host = new Host(bridge + "h" + index, prefix + (10 + index));
        hosts.add(host);
        String link = bridge + "v" + index;
        Shell.run("ip", "netns", "add", host.namespace());
        Shell.run("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", host.namespace());
        Shell.run("ip", "link", "set", link, "master", bridge, "up");
        Shell.run("ip", "-n", host.namespace(), "addr", "add", host.address() + "/24", "dev", "eth0");
        Shell.run("ip", "-n", host.namespace(), "link", "set", "eth0", "up");
        Shell.run("ip", "-n", host.namespace(), "link", "set", "lo", "up");
        return host;
    }

    /** What one sends to the other goes nowhere, and nobody is told; the way back is open. */
    void cut(Host from, String toAddress) {
        cuts.add(new Cut(from, toAddress));
        Shell.run(
                "ip",
                "-n",
                from.namespace(),
                "neigh",
                "replace",
                toAddress,
                "lladdr",
                NOBODY,
                "dev",
                "eth0",
                "nud",
                "permanent");
    }

    void heal() {
        cuts.forEach(cut -> Shell.run("ip", "-n", cut.from().namespace(), "neigh", "del", cut.to(), "dev", "eth0"));
        cuts.clear();
    }

    @Override
    public void close() {
        hosts.forEach(host -> Shell.tryTo("ip", "netns", "del", host.namespace()));
        Shell.tryTo("ip", "link", "del", bridge);
    }
}
