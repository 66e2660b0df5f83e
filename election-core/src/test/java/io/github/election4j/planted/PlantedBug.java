package io.github.election4j.planted;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bug that nobody has made, as changes of the core's sources.
 *
 * @param name what it is, and the rule it breaks
 * @param seed of the simulation, known to find it
 * @param fault of the rig that shows it in real time; empty for none
 * @param changes what is wrong then
 */
public record PlantedBug(String name, long seed, String fault, List<Change> changes) {
    private static final Path SOURCES = Path.of("../election-core/src/main/java/io/github/election4j");

    /** What is replaced in one file; any white space counts as any other. */
    public record Change(String file, String text, String replacement) {
        private String applied(String source) {
            Pattern anywhere = Pattern.compile(Pattern.quote(text).replace(" ", "\\E\\s+\\Q"));
            if (anywhere.matcher(source).results().count() != 1) {
                throw new IllegalStateException("Not exactly once in " + file + ": " + text);
            }
            return anywhere.matcher(source).replaceFirst(Matcher.quoteReplacement(replacement));
        }
    }

    /** All of {@code planted-bugs.txt}. */
    public static List<PlantedBug> all() throws IOException {
        List<PlantedBug> bugs = new ArrayList<>();
        String file = "";
        String text = "";
        for (String line : lines()) {
            String rest = line.length() < 3 ? "" : line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("== ")) {
                bugs.add(new PlantedBug(rest, 1, "", new ArrayList<>()));
            } else if (line.startsWith("? ")) {
                PlantedBug last = bugs.remove(bugs.size() - 1);
                bugs.add(new PlantedBug(last.name, Long.parseLong(rest), last.fault, last.changes));
            } else if (line.startsWith("! ")) {
                PlantedBug last = bugs.remove(bugs.size() - 1);
                bugs.add(new PlantedBug(last.name, last.seed, rest, last.changes));
            } else if (line.startsWith("@ ")) {
                file = rest;
            } else if (line.startsWith("- ")) {
                text = rest;
            } else if (line.startsWith("+ ")) {
                bugs.get(bugs.size() - 1).changes.add(new Change(file, text, rest));
            }
        }
        return bugs;
    }

    private static List<String> lines() throws IOException {
        try (InputStream text = PlantedBug.class.getResourceAsStream("/planted-bugs.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** The sources with the bug in them, by file. */
    Map<Path, String> sources() throws IOException {
        Map<Path, String> changed = new LinkedHashMap<>();
        for (Change change : changes) {
            Path path = SOURCES.resolve(change.file());
            String source = changed.containsKey(path) ? changed.get(path) : Files.readString(path);
            changed.put(path, change.applied(source));
        }
        return changed;
    }

    @Override
    public String toString() {
        return name;
    }
}
