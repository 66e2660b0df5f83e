package io.github.election4j.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs programs of the system. */
final class Shell {
    private Shell() {}

    /** Returns what it prints, but for its errors and warnings; fails if it does, and tells them. */
    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            String output = text(process.getInputStream());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + " failed: " + output + errors.join());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For what may be gone already. */
    static void tryTo(String... command) {
        try {
            run(command);
        } catch (IllegalStateException failed) {
            System.err.println("[INFO] rig: " + failed.getMessage());
        }
    }
}
