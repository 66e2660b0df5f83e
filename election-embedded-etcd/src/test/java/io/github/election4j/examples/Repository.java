package io.github.election4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of this repository, by their paths from its root. */
final class Repository {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The source of every module that is compiled, main and test. */
    private static final List<String> JAVA = modules().stream()
            .flatMap(module -> files(module + "/src", ".java").stream())
            .map(Repository::read)
            .toList();

    private static final String POMS = Stream.concat(
                    Stream.of("pom.xml"), modules().stream().map(module -> module + "/pom.xml"))
            .map(Repository::read)
            .collect(Collectors.joining());

    private Repository() {}

    static List<String> java() {
        return JAVA;
    }

    static String poms() {
        return POMS;
    }

    static List<String> modules() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those below a folder, or in the root itself, whose names end so. */
    static List<String> files(String folder, String end) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder), folder.isEmpty() ? 1 : Integer.MAX_VALUE)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
