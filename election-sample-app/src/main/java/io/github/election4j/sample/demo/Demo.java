package io.github.election4j.sample.demo;

import io.github.election4j.embedded.EmbeddedEtcd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three members, each a process of its own, and an embedded etcd beside them in this one. Prints who leads whenever
 * that changes, and takes commands from the terminal. One thread; ends with Ctrl-C, and its members with it.
 */
public final class Demo implements AutoCloseable {
    private static final int MEMBERS = 3;
    private static final int FIRST_PORT = 8081;
    private static final Duration LOOK_EACH = Duration.ofMillis(200);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final EmbeddedEtcd etcd = EmbeddedEtcd.start();
    private final Path logs = Files.createTempDirectory("election4j-demo-");
    private final List<DemoMember> members = new ArrayList<>();
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private String shown = "";
    private @Nullable DemoMember killed;
    private long killedAt;

    private Demo() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "demo-clean-up"));
    }

    /**
     * Runs until the process is stopped, or {@code q} is entered.
     *
     * @throws IOException if a member cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public static void run() throws IOException, InterruptedException {
        Demo demo = new Demo();
        demo.start();
        demo.listen();
        while (true) {
            demo.look();
            String command = demo.commands.poll(LOOK_EACH.toMillis(), TimeUnit.MILLISECONDS);
            if (command != null && !demo.obey(command)) {
                System.exit(0); // The hook cleans up, as it does after Ctrl-C.
            }
        }
    }

    private void start() throws IOException {
        say("etcd, embedded, at " + etcd.endpoint() + "; logs of the members in " + logs);
        for (int i = 1; i <= MEMBERS; i++) {
            DemoMember member = new DemoMember("m" + i, port(FIRST_PORT + i - 1), etcd.endpoint(), logs);
            members.add(member);
            say(member.id() + " is process " + member.pid() + ", http://localhost:" + member.port()
                    + "/actuator/election");
        }
        say("Enter k to kill -9 the leader, s to start it again, q or Ctrl-C to end. Kill any process as you like.");
    }

    private void look() {
        List<String> states = members.stream().map(DemoMember::state).toList();
        String now = IntStream.range(0, MEMBERS)
                .mapToObj(i -> String.format("%s %-22s", members.get(i).id(), states.get(i)))
                .collect(Collectors.joining());
        if (!now.equals(shown)) {
            shown = now;
            say(now);
        }
        DemoMember leader = leader(states);
        if (killed != null && leader != null && leader != killed) {
            double seconds = (System.nanoTime() - killedAt) / 1e9;
            say(String.format(Locale.ROOT, "%s leads %.1f s after the kill; the lease is 5 s", leader.id(), seconds));
            killed = null;
        }
    }

    private boolean obey(String command) throws IOException {
        switch (command.strip()) {
            case "k" -> killLeader();
            case "s" -> startTheDead();
            case "q" -> {
                return false;
            }
            default -> say("k, s or q");
        }
        return true;
    }

    private void killLeader() {
        DemoMember leader = leader(members.stream().map(DemoMember::state).toList());
        if (leader == null) {
            say("nobody leads at the moment");
            return;
        }
        say("kill -9 " + leader.pid() + " (" + leader.id() + ")");
        killed = leader;
        killedAt = System.nanoTime();
        leader.kill();
    }

    private void startTheDead() throws IOException {
        for (DemoMember member : members) {
            if (!member.isAlive()) {
                member.startAgain();
                say(member.id() + " is process " + member.pid() + " now");
            }
        }
    }

    private @Nullable DemoMember leader(List<String> states) {
        for (int i = 0; i < MEMBERS; i++) {
            if (states.get(i).startsWith("LEADING")) {
                return members.get(i);
            }
        }
        return null;
    }

    /** Reading a terminal cannot be interrupted, so it has a thread of its own. */
    private void listen() {
        Thread reader = new Thread(
                () -> new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                        .lines()
                        .forEach(commands::add),
                "demo-terminal");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void close() {
        members.parallelStream().forEach(DemoMember::stop);
        etcd.close();
        try (Stream<Path> files = Files.walk(logs)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port one would expect if it is free, else any that is. */
    private static int port(int preferred) throws IOException {
        try (ServerSocket socket = new ServerSocket(preferred)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return any.getLocalPort();
            }
        }
    }

    private static void say(String line) {
        System.out.println(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + "  " + line);
    }
}
