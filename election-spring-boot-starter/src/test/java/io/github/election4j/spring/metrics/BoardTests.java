package io.github.election4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The board of docs/monitoring/grafana.json: what it asks Prometheus for is there. */
class BoardTests {
    private static final JsonNode BOARD = JsonMapper.builder().build().readTree(MonitoringFile.read("grafana.json"));
    private static final Pattern CHOICE = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    private final Scrape scrape = Scrape.of(AllMeters.registry().scrape());

    static List<JsonNode> targets() {
        return BOARD.get("panels")
                .valueStream()
                .flatMap(panel -> panel.get("targets").valueStream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void namesWhatPrometheusHas(JsonNode target) {
        PromQuery query = PromQuery.parse(target.get("expr").stringValue());
        List<String> told = find("\\{\\{(\\w+)}}", target.path("legendFormat").stringValue(""))
                .map(label -> label.group(1))
                .toList();

        scrape.check(query);
        scrape.checkLabels(query, told);
        if (!query.result().isEmpty()) {
            assertThat(told).isSubsetOf(query.result());
        }
    }

    /** As rules, for that is what it can be asked about. */
    @Test
    void prometheusUnderstandsEachQuery(@TempDir Path folder) throws IOException, InterruptedException {
        List<Map<String, String>> rules = targets().stream()
                .map(target -> target.get("expr").stringValue())
                .distinct()
                .map(query -> query.replaceAll("\\$__\\w+", "5m").replaceAll("\\$\\{?\\w+}?", ".*"))
                .map(query -> Map.of("record", "board:query" + Integer.toHexString(query.hashCode()), "expr", query))
                .toList();
        Map<String, Object> group = Map.of("name", "board", "rules", rules);
        Files.writeString(
                folder.resolve("board.yml"),
                JsonMapper.builder().build().writeValueAsString(Map.of("groups", List.of(group))));

        Promtool.agrees(folder, folder.resolve("output"), "check", "rules", "board.yml");
    }

    @Test
    void offersWhatPrometheusHas() {
        List<String> choices = BOARD.get("templating")
                .get("list")
                .valueStream()
                .filter(variable -> variable.get("type").stringValue().equals("query"))
                .map(variable -> variable.get("query").get("query").stringValue())
                .toList();

        assertThat(choices).isNotEmpty().allSatisfy(choice -> {
            MatchResult labelValues = find(CHOICE.pattern(), choice).findFirst().orElseThrow();
            PromQuery query = PromQuery.parse(labelValues.group(1));
            scrape.check(query);
            scrape.checkLabels(query, List.of(labelValues.group(2)));
        });
    }

    @Test
    void usesNoVariableThatItDoesNotOffer() {
        List<String> offered = BOARD.get("templating")
                .get("list")
                .valueStream()
                .map(variable -> variable.get("name").stringValue())
                .toList();

        assertThat(find("\\$\\{?(\\w+)", BOARD.toString()).map(variable -> variable.group(1)))
                .containsAll(offered)
                .allMatch(variable -> offered.contains(variable) || variable.startsWith("__"));
    }

    /** Whoever imports it chooses the data source, and needs no plugin. */
    @Test
    void needsNothingButGrafanaAndAPrometheus() {
        assertThat(BOARD.get("panels")
                        .valueStream()
                        .map(panel -> panel.get("type").stringValue()))
                .isSubsetOf("stat", "table", "state-timeline", "timeseries");
        assertThat(BOARD.findValues("datasource"))
                .hasSizeGreaterThan(targets().size())
                .allMatch(source -> source.get("uid").stringValue().equals("${datasource}"));
    }

    private static Stream<MatchResult> find(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }
}
