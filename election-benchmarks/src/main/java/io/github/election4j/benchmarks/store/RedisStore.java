package io.github.election4j.benchmarks.store;

import io.github.election4j.testing.FreePort;
import io.github.election4j.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** One Redis as it is installed: it writes to disk now and then. */
final class RedisStore implements Store {
    private final ServerProcess process;

    private RedisStore(ServerProcess process) {
        this.process = process;
    }

    static Store start() {
        int port = FreePort.find();
        Path program = Programs.find("redis-server").orElseThrow();
        return new RedisStore(new ServerProcess(
                List.of(program.toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1"),
                ServerProcess.newFolder("redis"),
                port));
    }

    @Override
    public String address() {
        return "127.0.0.1:" + socket().getPort();
    }

    @Override
    public InetSocketAddress socket() {
        return process.socket();
    }

    /** It keeps no history. */
    @Override
    public Usage usage() {
        return new Usage(Double.NaN, figure("total_commands_processed"), Double.NaN, 0, process.cpuSeconds());
    }

    @Override
    public String version() {
        return "Redis " + text("redis_version");
    }

    @Override
    public void close() {
        process.close();
    }

    private double figure(String name) {
        return Double.parseDouble(text(name));
    }

    private String text(String name) {
        return info().lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("NaN");
    }

    private String info() {
        try (Socket connection = new Socket(socket().getAddress(), socket().getPort())) {
            connection.getOutputStream().write("INFO\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
