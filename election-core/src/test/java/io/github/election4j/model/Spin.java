package io.github.election4j.model;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.github.election4j.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the model into a verifier and runs it: spin, then gcc, then what they made. */
final class Spin {
    private static final Path MODEL = Path.of("src", "test", "spin");
    private static final Path WORK = Path.of("target", "spin");
    private static final long MINUTES = 20;
    private static final int MEGABYTES = 3_000;

    private Spin() {}

    /**
     * What a search found.
     *
     * @param errors how many violations
     * @param states how many states were stored
     * @param output all that was printed
     */
    record Search(int errors, long states, String output) {
        /** Whether every state within the bounds was visited. */
        boolean complete() {
            return output.contains("Full statespace search")
                    && !output.contains("search depth too small")
                    && !output.contains("Search not completed")
                    && !output.contains("out of memory")
                    && !output.contains("memory limit");
        }

        /** The assertion that is violated, empty for none. */
        String violation() {
            return output.lines()
                    .filter(line -> line.contains("assertion violated"))
                    .findFirst()
                    .orElse("");
        }
    }

    /** Which of the programs are missing. */
    static List<String> missing() {
        return Stream.of("spin", "gcc")
                .filter(each -> Programs.find(each).isEmpty())
                .toList();
    }

    /** How much the compiler shall think about it: what is found at once is not worth much. */
    enum Size {
        SMALL("-O0"),
        LARGE("-O1");

        private final String optimisation;

        Size(String optimisation) {
            this.optimisation = optimisation;
        }
    }

    /** Searches the model with these macros. */
    static Search search(String name, Size size, String... macros) throws IOException, InterruptedException {
        Path folder = WORK.resolve(name);
        Files.createDirectories(folder);
        for (String each : List.of("election", "bounds", "store", "queue", "place", "steps")) {
            Files.copy(MODEL.resolve(each + ".pml"), folder.resolve(each + ".pml"), REPLACE_EXISTING);
        }
        List<String> spin = new ArrayList<>(List.of("spin"));
        Arrays.stream(macros).map("-D"::concat).forEach(spin::add);
        spin.addAll(List.of("-a", "election.pml"));
        succeed(folder, spin);
        succeed(
                folder,
                List.of(
                        "gcc",
                        size.optimisation,
                        "-w",
                        "-DSAFETY",
                        "-DNOREDUCE",
                        "-DCOLLAPSE",
                        "-DMEMLIM=" + MEGABYTES,
                        "-o",
                        "pan",
                        "pan.c"));
        String output =
                run(folder, List.of(folder.resolve("pan").toAbsolutePath().toString(), "-n", "-m1000000"));
        return new Search((int) number(output, "errors: (\\d+)"), number(output, "(\\d+) states, stored"), output);
    }

    private static void succeed(Path folder, List<String> command) throws IOException, InterruptedException {
        String output = run(folder, command);
        if (output.contains("rror:")) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve(Path.of(command.get(0)).getFileName() + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(command.get(0) + " did not end in " + MINUTES + " minutes");
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }

    private static long number(String output, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(output);
        if (!found.find()) {
            throw new IOException("The search did not end: " + output);
        }
        return Long.parseLong(found.group(1));
    }
}
