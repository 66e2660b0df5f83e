package io.github.election4j.benchmarks.store;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Collectors;

/** Commands for other JVMs like this one. */
public final class Jvm {
    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String LOGGED = "benchmarks.log";
    private static final String FILE = "benchmarks-logback.xml";

    private Jvm() {}

    /**
     * Logs what was asked for, here and in the JVMs started from here; the tests' own settings are on the class path.
     */
    public static void configureLogging() {
        System.setProperty(CONFIGURATION, FILE);
        LogManager.getLogManager().reset(); // gRPC logs there, to the console.
    }

    /**
     * {@return a command that runs a class of this class path, in whatever folder}
     *
     * @param options of the JVM
     * @param mainClass the class
     * @param arguments its arguments
     */
    public static List<String> command(List<String> options, Class<?> mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(logging());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), mainClass.getName()));
        command.addAll(arguments);
        return command;
    }

    /** {@return the options with which another JVM logs what this one was asked to} */
    public static List<String> logging() {
        return List.of("-D" + CONFIGURATION + "=" + FILE, "-D" + LOGGED + "=" + System.getProperty(LOGGED, "OFF"));
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> new File(entry).getAbsolutePath())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
