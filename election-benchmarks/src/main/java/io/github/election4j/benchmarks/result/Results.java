package io.github.election4j.benchmarks.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All rows, with the machine and the versions that they are of. */
public final class Results {
    private static final int FIRST_COLUMN = 34;
    private static final int COLUMN = 12;

    private final Map<String, Object> circumstances = new LinkedHashMap<>();
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    /** Adds what was so while it was measured. */
    public void circumstance(String name, Object value) {
        circumstances.put(name, value);
    }

    /** Begins a scenario; its rows are shown under the title. */
    public void begin(String scenario, String title) {
        titles.put(scenario, title);
    }

    /** Adds a row. */
    public void add(Row row) {
        rows.add(row);
    }

    /** {@return whether all subjects of all scenarios could be measured} */
    public boolean complete() {
        return rows.stream().allMatch(row -> row.failure() == null);
    }

    /** {@return everything, for reading} */
    public String table() {
        StringBuilder text = new StringBuilder();
        circumstances.forEach((name, value) -> text.append(String.format(Locale.ROOT, "%-14s %s%n", name, value)));
        titles.forEach((scenario, title) -> {
            text.append(String.format(Locale.ROOT, "%n%s (%s)%n", title, scenario));
            append(text, of(scenario));
        });
        return text.toString();
    }

    /** {@return one scenario, for reading} */
    public String table(String scenario) {
        StringBuilder text = new StringBuilder();
        append(text, of(scenario));
        return text.toString();
    }

    /** Writes everything as JSON. */
    public void write(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("circumstances", circumstances);
        all.put("scenarios", titles);
        all.put("rows", rows);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }

    private List<Row> of(String scenario) {
        return rows.stream().filter(row -> row.scenario().equals(scenario)).toList();
    }

    private static void append(StringBuilder text, List<Row> shown) {
        Set<String> columns = new LinkedHashSet<>();
        shown.forEach(row -> columns.addAll(row.figures().keySet()));
        text.append(" ".repeat(FIRST_COLUMN));
        columns.forEach(column -> text.append(right(column, width(column))));
        text.append('\n');
        for (Row row : shown) {
            text.append(String.format(Locale.ROOT, "  %-" + (FIRST_COLUMN - 2) + "s", row.subject()));
            if (row.failure() != null) {
                text.append("  FAILED: ").append(row.failure());
            } else {
                columns.forEach(column ->
                        text.append(right(number(row.figures().getOrDefault(column, Double.NaN)), width(column))));
            }
            text.append('\n');
        }
    }

    private static int width(String column) {
        return Math.max(COLUMN, column.length() + 2);
    }

    private static String right(String text, int width) {
        return String.format(Locale.ROOT, "%" + width + "s", text);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
