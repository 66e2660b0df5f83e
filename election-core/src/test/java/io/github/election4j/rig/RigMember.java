package io.github.election4j.rig;

import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host with one member process after the other on it. */
final class RigMember implements AutoCloseable {
    private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

    private final Place place;
    private final RigNetwork.Host host;
    private final String id;
    private final List<String> endpoints;
    private final Optional<FalseClock> clock;
    private final List<Recording> recordings = new ArrayList<>();
    private @Nullable Process process;
    private long stoppedAt;
    private long answersWhenStopped;

    RigMember(Place place, RigNetwork.Host host, String id, List<String> endpoints, Optional<FalseClock> clock) {
        this.place = place;
        this.host = host;
        this.id = id;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    /** What all members of a rig have in common. */
    record Place(RigProgram program, String classPath, Path folder, Path recordings) {}

    RigNetwork.Host host() {
        return host;
    }

    String id() {
        return id;
    }

    List<String> endpoints() {
        return endpoints;
    }

    List<Recording> recordings() {
        return recordings;
    }

    /** Whether its last answer was true, and is not an old one: the process may stand still. */
    boolean leads() {
        return !recordings.isEmpty() && present().isTrueSince(System.nanoTime() - FRESH_NANOS) && isAlive();
    }

    int begunTerms() {
        return recordings.stream().mapToInt(each -> each.intervals().size()).sum();
    }

    /** Those after which it answered false, or its process ended. */
    int endedTerms() {
        return begunTerms() - (isAlive() && present().isOpen() ? 1 : 0);
    }

    boolean answers() {
        return present().samples() > 0;
    }

    boolean isAlive() {
        return running().isAlive();
    }

    void start() {
        Path recording = place.recordings().resolve(id + "-" + recordings.size());
        recordings.add(new Recording(id, recording));
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", host.namespace(), "env"));
        clock.ifPresent(present -> command.addAll(present.environment()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", place.classPath(), RigMain.class.getName()));
        String seconds = Long.toString(place.program().lease().toSeconds());
        command.addAll(List.of(place.program().kind(), id, recording.toString(), seconds));
        command.add(String.join(",", endpoints));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            place.folder().resolve(id + ".log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The thread that asks without a rest gives way to all others, or they would starve on few processors. But not at
     * any price: while it waits for its turn it sees no overlap.
     */
    boolean tameSpinner() {
        return spinnerIsNice(10);
    }

    private boolean spinnerIsNice(int niceness) {
        try {
            for (Path thread : threads()) {
                if (Files.readString(thread.resolve("comm")).strip().equals(RigMain.SPINNER)) {
                    String spinner = thread.getFileName().toString();
                    Shell.run("renice", "-n", Integer.toString(niceness), "-p", spinner);
                    return true;
                }
            }
            return false;
        } catch (IOException gone) {
            return false;
        }
    }

    /** The first to run afterwards is the thread that asks: nothing else of the process will have noticed the pause. */
    void pause() {
        spinnerIsNice(-10);
        stoppedAt = System.nanoTime();
        Signals.stop(running().pid());
        await(id + " is stopped").atMost(Duration.ofSeconds(30)).until(this::isStopped);
        answersWhenStopped = present().samples();
    }

    void resume() {
        present().addPause(System.nanoTime() - stoppedAt);
        Signals.resume(running().pid());
    }

    void kill() {
        present().end();
        running().destroyForcibly().onExit().join();
        answersWhenStopped = present().samples();
    }

    /** Whether it has answered nothing since it was paused or killed. */
    boolean standsStill() {
        return present().samples() == answersWhenStopped;
    }

    /** A signal reaches one thread after the other. */
    private boolean isStopped() throws IOException {
        for (Path thread : threads()) {
            String status = Files.readString(thread.resolve("stat"));
            if (!status.startsWith("T", status.lastIndexOf(')') + 2)) {
                return false;
            }
        }
        return true;
    }

    private List<Path> threads() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + running().pid() + "/task"))) {
            return threads.toList();
        }
    }

    /** Its wall clock differs by so much from now on. */
    void stepClock(Duration step) {
        clock.orElseThrow().step(step);
    }

    /** By how much its process sees another wall clock than this one does. */
    Duration wallClockError() {
        return present().wallClockError();
    }

    @Override
    public void close() {
        Process present = process;
        if (present != null) {
            present.destroyForcibly().onExit().join();
        }
    }

    private Recording present() {
        return recordings.get(recordings.size() - 1);
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }
}
