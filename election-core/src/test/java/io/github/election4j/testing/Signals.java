package io.github.election4j.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals that Java cannot; where there are none, the test is skipped. */
public final class Signals {
    private Signals() {}

    public static void stop(long pid) {
        send("STOP", pid);
    }

    public static void resume(long pid) {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) {
        Evidence.require(Programs.find("kill").isPresent(), "signals", "run it on Linux or macOS.");
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
