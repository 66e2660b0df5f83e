package io.github.election4j.rig;

import io.github.election4j.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A host with one member process after the other on it. */
final class RigMember implements AutoCloseable {
    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private final Place place;
    private final RigNetwork.Host host;
    private final String id;
    private final String endpoints;
    private final boolean hasFalseClock;
    private final List<Recording> recordings = new ArrayList<>();
    private @Nullable Process process;

    RigMember(Place place, RigNetwork.Host host, String id, String endpoints, boolean hasFalseClock) {
        this.place = place;
        this.host = host;
        this.id = id;
        this.endpoints = endpoints;
        this.hasFalseClock = hasFalseClock && Files.exists(FAKETIME);
        stepClock(0);
    }

    /** What all members of a rig have in common. */
    record Place(RigProgram program, String classPath, Path folder) {}

    RigNetwork.Host host() {
        return host;
    }

    String id() {
        return id;
    }

    List<Recording> recordings() {
        return recordings;
    }

    /** Whether its last answer was true. */
    boolean leads() {
        return !recordings.isEmpty()
                && recordings.get(recordings.size() - 1).isOpen()
                && running().isAlive();
    }

    void start() {
        Path recording = place.folder().resolve(id + "-" + recordings.size() + ".answers");
        recordings.add(new Recording(id, recording));
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", host.namespace(), "env"));
        if (hasFalseClock) {
            // Its wall clock only: the monotonic one is what the engine relies on, and what the rig measures by.
            command.addAll(List.of("LD_PRELOAD=" + FAKETIME, "FAKETIME_DONT_FAKE_MONOTONIC=1"));
            command.addAll(List.of("FAKETIME_CACHE_DURATION=1", "FAKETIME_TIMESTAMP_FILE=" + clock()));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", place.classPath(), RigMain.class.getName()));
        String seconds = Long.toString(place.program().lease().toSeconds());
        command.addAll(List.of(place.program().kind(), id, recording.toString(), seconds, endpoints));
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

    /** The thread that asks without a rest gives way to all others, or they would starve on few processors. */
    boolean tameSpinner() {
        return spinnerIsNice(19);
    }

    private boolean spinnerIsNice(int niceness) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + running().pid() + "/task"))) {
            for (Path thread : threads.toList()) {
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
        Signals.stop(running().pid());
    }

    void resume() {
        Signals.resume(running().pid());
    }

    void kill() {
        running().destroyForcibly().onExit().join();
    }

    /** Its wall clock differs by so much from now on. */
    void stepClock(int seconds) {
        try {
            Files.writeString(clock(), (seconds < 0 ? "" : "+") + seconds + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Process present = process;
        if (present != null) {
            present.destroyForcibly().onExit().join();
        }
    }

    private Path clock() {
        return place.folder().resolve(id + ".clock");
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }
}
