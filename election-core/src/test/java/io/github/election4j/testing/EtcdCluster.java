package io.github.election4j.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three real etcd members. */
public final class EtcdCluster implements AutoCloseable {
    private static final int SIZE = 3;
    private final List<EtcdServer> members = new ArrayList<>();

    private EtcdCluster() {}

    public static EtcdCluster start() {
        EtcdCluster cluster = new EtcdCluster();
        for (int i = 1; i <= SIZE; i++) {
            cluster.members.add(new EtcdServer("m" + i, FreePort.find(), FreePort.find(), List.of()));
        }
        String initial = cluster.members.stream()
                .map(member -> member.name() + "=" + member.peerUrl())
                .collect(Collectors.joining(","));
        cluster.members.forEach(member -> member.launch(initial));
        cluster.members.forEach(EtcdServer::awaitHealthy);
        return cluster;
    }

    public List<EtcdServer> members() {
        return members;
    }

    public String[] endpoints() {
        return members.stream().map(EtcdServer::endpoint).toArray(String[]::new);
    }

    /** The raft leader, asked of the members that answer. */
    public EtcdServer leader() {
        List<EtcdServer> found = new ArrayList<>();
        await("a raft leader").atMost(Duration.ofSeconds(20)).until(() -> {
            found.clear();
            members.stream()
                    .filter(EtcdServer::isHealthy)
                    .filter(EtcdCluster::leads)
                    .forEach(found::add);
            return found.size() == 1;
        });
        return found.get(0);
    }

    /** A member that follows. */
    public EtcdServer follower() {
        EtcdServer leader = leader();
        return members.stream().filter(member -> member != leader).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        members.forEach(EtcdServer::close);
    }

    private static boolean leads(EtcdServer member) {
        return member.etcdctl("endpoint", "status", "-w", "fields").contains("\"IsLeader\" : true")
                || leadsByIds(member);
    }

    private static boolean leadsByIds(EtcdServer member) {
        String status = member.etcdctl("endpoint", "status", "-w", "fields");
        return field(status, "MemberID").equals(field(status, "Leader"));
    }

    private static String field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith("\"" + name + "\""))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("no " + name);
    }
}
