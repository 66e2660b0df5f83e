package io.github.election4j.rig;

import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.TcpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Three members of etcd, three members of the election; the last one reaches etcd by a proxy. */
final class Rig implements AutoCloseable {
    private static final int SIZE = 3;

    /** Every look at a clock of that one is slow. */
    private static final int FALSE_CLOCK = 2;

    private final Path folder;
    private final RigNetwork network = new RigNetwork();
    private final List<RigEtcd> etcds = new ArrayList<>();
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final List<RigMember> members = new ArrayList<>();
    private final RigProgram program;
    private long startedAt;

    private Rig(RigProgram program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Starts everything and waits until somebody leads. */
    static Rig start(RigProgram program) throws IOException {
        Path all = Files.createDirectories(Path.of("target", "rig")).toAbsolutePath();
        Rig rig = new Rig(program, Files.createTempDirectory(all, program.kind() + "-"));
        try {
            rig.startEtcd();
            rig.startMembers();
            return rig;
        } catch (RuntimeException | IOException | Error failed) {
            rig.close();
            throw failed;
        }
    }

    private void startMembers() throws IOException {
        // In memory: on a disk a thread that records would have to wait for it now and then.
        Shell.run("mkdir", recordings().toString());
        Shell.run("mount", "-t", "tmpfs", "rig", recordings().toString());
        RigMember.Place place = new RigMember.Place(program, program.classPath(folder), folder, recordings());
        for (int i = 1; i <= SIZE; i++) {
            Optional<FalseClock> clock =
                    i == FALSE_CLOCK ? FalseClock.in(folder.resolve("wall-clock")) : Optional.empty();
            members.add(new RigMember(place, network.add(), "m" + i, endpoints(i == SIZE), clock));
        }
        members.forEach(RigMember::start);
        members.forEach(this::awaitAnswers);
        startedAt = System.nanoTime();
        awaitLeader();
    }

    Duration lease() {
        return program.lease();
    }

    List<RigEtcd> etcds() {
        return etcds;
    }

    List<RigMember> members() {
        return members;
    }

    RigMember withFalseClock() {
        return members.get(FALSE_CLOCK - 1);
    }

    RigMember behindProxies() {
        return members.get(SIZE - 1);
    }

    List<TcpProxy> proxies() {
        return proxies;
    }

    RigNetwork network() {
        return network;
    }

    void awaitAnswers(RigMember member) {
        await(member.id() + " answers, see " + folder)
                .atMost(Duration.ofSeconds(60))
                .until(() -> member.tameSpinner() && member.answers());
    }

    RigMember awaitLeader() {
        return await("somebody leads, see " + folder)
                .atMost(Duration.ofSeconds(60))
                .until(() -> members.stream().filter(RigMember::leads).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    RigEtcd awaitRaftLeader() {
        List<RigEtcd> found = new ArrayList<>();
        await("one raft leader, see " + folder).atMost(Duration.ofSeconds(60)).until(() -> {
            found.clear();
            etcds.stream().filter(RigEtcd::leads).forEach(found::add);
            return found.size() == 1;
        });
        return found.get(0);
    }

    /** Through any member that answers; again while none does, for etcd may be choosing a leader. */
    String etcdctl(String... arguments) {
        List<String> output = new ArrayList<>();
        await(String.join(" ", arguments))
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> {
                    RigEtcd healthy = etcds.stream()
                            .filter(RigEtcd::isHealthy)
                            .findFirst()
                            .orElseThrow();
                    output.add(healthy.etcdctl(arguments));
                    return true;
                });
        return output.get(0);
    }

    /** The key of who leads, empty for nobody. Without an order etcd would limit what it finds before it sorts it. */
    String leaderKey() {
        String prefix = RigMain.KEY + "/";
        return etcdctl("get", prefix, "--prefix", "--keys-only", "--sort-by=CREATE", "--order=ASCEND", "--limit=1")
                .strip();
    }

    Analysis analysis() {
        List<Recording> recordings =
                members.stream().flatMap(each -> each.recordings().stream()).toList();
        return Analysis.of(recordings, startedAt, System.nanoTime());
    }

    static String field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith("\"" + name + "\""))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("no " + name);
    }

    @Override
    public void close() {
        members.forEach(RigMember::close);
        proxies.forEach(TcpProxy::close);
        etcds.forEach(RigEtcd::close);
        network.close();
        Shell.tryTo("umount", "-l", recordings().toString()); // This process has mapped them, too.
    }

    private Path recordings() {
        return folder.resolve("recordings");
    }

    private void startEtcd() {
        for (int i = 1; i <= SIZE; i++) {
            etcds.add(new RigEtcd(network.add(), "e" + i, folder));
        }
        String cluster = etcds.stream().map(RigEtcd::peer).collect(Collectors.joining(","));
        etcds.forEach(each -> each.launch(cluster));
        etcds.forEach(RigEtcd::awaitHealthy);
        if (program.authenticates()) {
            enableAuthentication();
        }
    }

    private void enableAuthentication() {
        RigEtcd any = etcds.get(0);
        any.etcdctl("user", "add", RigMain.USER + ":" + RigMain.PASSWORD);
        any.etcdctl("user", "grant-role", RigMain.USER, "root");
        any.etcdctl("auth", "enable");
        etcds.forEach(RigEtcd::authenticate);
    }

    private List<String> endpoints(boolean byProxy) {
        if (!byProxy) {
            return etcds.stream().map(RigEtcd::endpoint).toList();
        }
        try {
            InetAddress here = InetAddress.getByName(network.address());
            for (RigEtcd etcd : etcds) {
                proxies.add(TcpProxy.to(here, new InetSocketAddress(etcd.host().address(), 2379)));
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
        return proxies.stream().map(TcpProxy::endpoint).toList();
    }
}
