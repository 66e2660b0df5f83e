package io.github.election4j.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The wall clock of one member, which libfaketime reads from a file. */
final class FalseClock {
    private static final Pattern LEFTOVER = Pattern.compile("(?:sem\\.)?faketime_(?:sem|shm)_(\\d+)");

    private final String library;
    private final Path file;

    private FalseClock(String library, Path file) {
        this.library = library;
        this.file = file;
        step(Duration.ZERO);
    }

    /** Empty where there is none; then the wall clock of the member is that of the machine. */
    static Optional<FalseClock> in(Path file) {
        return library().map(found -> new FalseClock(found, file));
    }

    /** What the program {@code faketime} has others preload: it knows where its own library is. */
    static Optional<String> library() {
        removeLeftovers();
        try {
            return Optional.of(Shell.run("faketime", "-m", "-f", "+0", "printenv", "LD_PRELOAD"));
        } catch (UncheckedIOException notInstalled) {
            return Optional.empty();
        }
    }

    /** Whoever is killed leaves behind what has its number; the next process of that number would not start. */
    private static void removeLeftovers() {
        try (Stream<Path> shared = Files.list(Path.of("/dev/shm"))) {
            for (Path each : shared.toList()) {
                Matcher left = LEFTOVER.matcher(each.getFileName().toString());
                if (left.matches()
                        && ProcessHandle.of(Long.parseLong(left.group(1))).isEmpty()) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its wall clock only: the monotonic one is what the engine relies on, and what the rig measures by. */
    List<String> environment() {
        return List.of(
                "LD_PRELOAD=" + library,
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_TIMESTAMP_FILE=" + file);
    }

    /** It differs by so much from now on. */
    void step(Duration step) {
        try {
            Files.writeString(file, (step.isNegative() ? "" : "+") + step.toSeconds() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
