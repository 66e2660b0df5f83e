package io.github.election4j.benchmarks.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine that is measured on, and what its kernel tells of processes; NaN where it does not. */
public final class Machine {
    private static final double MEGABYTE_IN_KILOBYTES = 1024;

    private Machine() {}

    /** Tells the results of this machine, and how busy it is before anything has begun. */
    public static void describe(Results results) {
        results.circumstance(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors"
                        + line(Path.of("/proc/cpuinfo"), "model name")
                                .map(name -> ", " + name)
                                .orElse(""));
        results.circumstance("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        results.circumstance("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        results.circumstance("load at start", String.format(Locale.ROOT, "%.2f", load));
    }

    /** {@return memory of a process that is in RAM, in MB} */
    public static double residentMegabytes(long pid) {
        return status(pid, "VmRSS") / MEGABYTE_IN_KILOBYTES;
    }

    /** {@return how many threads a process has} */
    public static double threads(long pid) {
        return status(pid, "Threads");
    }

    /** {@return the time that a process has had on processors, in seconds} */
    public static double cpuSeconds(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(used -> used.toMillis() / 1e3)
                .orElse(Double.NaN);
    }

    private static double status(long pid, String name) {
        return line(Path.of("/proc/" + pid + "/status"), name)
                .map(value -> Double.parseDouble(value.replaceAll("[^0-9]", "")))
                .orElse(Double.NaN);
    }

    private static java.util.Optional<String> line(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            List<String> found =
                    lines.filter(line -> line.startsWith(name)).limit(1).toList();
            return found.stream()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException notLinux) {
            return java.util.Optional.empty();
        }
    }
}
