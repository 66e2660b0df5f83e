package io.github.election4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of code in the documentation. */
record Snippet(String file, int line, String language, String text) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\S*)\n(.*?)^```$");

    /** All of the README and of docs, but not of decisions, which tell what was. */
    static List<Snippet> all() {
        List<Snippet> found = new ArrayList<>();
        Repository.files("", "README.md").forEach(file -> find(file, found));
        Repository.files("docs", ".md").stream()
                .filter(file -> !file.contains("decisions"))
                .forEach(file -> find(file, found));
        return found;
    }

    private static void find(String file, List<Snippet> found) {
        String text = Repository.read(file);
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = (int) text.substring(0, block.start()).lines().count() + 1;
            found.add(new Snippet(file, line, block.group(1), block.group(2)));
        }
    }

    @Override
    public String toString() {
        return file + ":" + line + " (" + language + ")";
    }
}
