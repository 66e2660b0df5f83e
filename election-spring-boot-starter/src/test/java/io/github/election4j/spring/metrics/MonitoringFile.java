package io.github.election4j.spring.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files beside docs/monitoring.md. */
final class MonitoringFile {
    static final Path FOLDER = Path.of("..", "docs", "monitoring");

    private MonitoringFile() {}

    static String read(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
