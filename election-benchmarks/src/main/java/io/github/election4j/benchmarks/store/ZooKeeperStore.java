package io.github.election4j.benchmarks.store;

import io.github.election4j.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.Version;
import org.apache.zookeeper.server.ZooKeeperServerMain;

/** One ZooKeeper that syncs each write to disk, as etcd does. */
final class ZooKeeperStore implements Store {
    private final ServerProcess process;

    private ZooKeeperStore(ServerProcess process) {
        this.process = process;
    }

    static Store start() {
        Path folder = ServerProcess.newFolder("zookeeper");
        int port = FreePort.find();
        Path configuration = folder.resolve("zoo.cfg");
        try {
            Files.writeString(configuration, """
                    tickTime=500
                    dataDir=%s
                    clientPort=%d
                    clientPortAddress=127.0.0.1
                    maxClientCnxns=0
                    admin.enableServer=false
                    4lw.commands.whitelist=mntr
                    """.formatted(folder.resolve("data"), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command =
                Jvm.command(List.of("-Xmx512m"), ZooKeeperServerMain.class, List.of(configuration.toString()));
        return new ZooKeeperStore(new ServerProcess(command, folder, port));
    }

    @Override
    public String address() {
        return "127.0.0.1:" + socket().getPort();
    }

    @Override
    public InetSocketAddress socket() {
        return process.socket();
    }

    /** Its history is its log, which it cuts by itself. */
    @Override
    public Usage usage() {
        String told = mntr();
        return new Usage(Double.NaN, figure(told, "zk_packets_received"), Double.NaN, Double.NaN, process.cpuSeconds());
    }

    @Override
    public String version() {
        return "ZooKeeper " + Version.getVersion();
    }

    @Override
    public void close() {
        process.close();
    }

    private static double figure(String told, String name) {
        return told.lines()
                .filter(line -> line.startsWith(name + "\t"))
                .mapToDouble(
                        line -> Double.parseDouble(line.substring(name.length()).strip()))
                .findFirst()
                .orElse(Double.NaN);
    }

    private String mntr() {
        try (Socket connection = new Socket(socket().getAddress(), socket().getPort())) {
            connection.getOutputStream().write("mntr".getBytes(StandardCharsets.US_ASCII));
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
