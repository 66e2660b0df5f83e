package io.github.election4j.rig;

import java.util.ArrayList;
import java.util.List;
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
    record Host(String namespace, String address) {}

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
