package io.github.election4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules of docs/monitoring/alerts.yml, by what they name and by what Prometheus makes of them. */
class AlertsTests {
    private static final Pattern BY = Pattern.compile("\\bby *\\(([^)]*)\\)");
    private static final Pattern WINDOW = Pattern.compile("\\[(\\w+)]");

    private final Scrape scrape = Scrape.of(AllMeters.registry().scrape());

    /** One of the rules. */
    record Alert(String name, String expression, String severity, List<String> texts) {
        static Alert of(JsonNode rule) {
            JsonNode annotations = rule.get("annotations");
            assertThat(annotations.propertyNames()).containsExactlyInAnyOrder("summary", "description");
            return new Alert(
                    rule.get("alert").stringValue(),
                    rule.get("expr").stringValue(),
                    rule.get("labels").get("severity").stringValue(),
                    annotations.valueStream().map(JsonNode::stringValue).toList());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Alert> alerts() {
        Object file = new Yaml().load(MonitoringFile.read("alerts.yml"));
        return JsonMapper.builder()
                .build()
                .<JsonNode>valueToTree(file)
                .get("groups")
                .valueStream()
                .flatMap(group -> group.get("rules").valueStream())
                .map(Alert::of);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void namesWhatPrometheusHas(Alert alert) {
        scrape.check(PromQuery.parse(alert.expression()));
    }

    /** Else it would tell of an empty job, or of none. */
    @ParameterizedTest
    @MethodSource("alerts")
    void tellsOnlyOfLabelsThatItHas(Alert alert) {
        PromQuery query = PromQuery.parse(alert.expression());
        List<String> told = Pattern.compile("\\$labels\\.(\\w+)")
                .matcher(String.join("\n", alert.texts()))
                .results()
                .map(label -> label.group(1))
                .toList();

        scrape.checkLabels(query, told);
        if (!query.result().isEmpty()) {
            assertThat(told).isSubsetOf(query.result());
        }
        assertThat(alert.texts()).allSatisfy(text -> assertThat(text).doesNotContain("://"));
    }

    /** Elections of unrelated applications have the same name: that of each is "default" unless it is told another. */
    @ParameterizedTest
    @MethodSource("alerts")
    void mixesNoApplications(Alert alert) {
        assertThat(BY.matcher(alert.expression()).results().map(labels -> labels.group(1)))
                .allMatch(labels -> (labels + ",").startsWith("namespace, job, application, election,"));
        assertThat(alert.expression()).doesNotContainPattern("\\b(?:sum|max|min|count|avg) *\\(");
    }

    /** Prometheus scrapes once in a minute by default, and a rise takes two samples. */
    @ParameterizedTest
    @MethodSource("alerts")
    void looksAtTwoScrapesAtLeast(Alert alert) {
        assertThat(WINDOW.matcher(alert.expression()).results().map(window -> window.group(1)))
                .allSatisfy(window -> assertThat(Duration.parse("PT" + window)).isGreaterThan(Duration.ofMinutes(2)));
    }

    @Test
    void eachIsSeenToFireAndIsInTheTableAndTheRunbook() throws IOException {
        List<String> fired = find("alerts-test.yml", "labels: '\\{alertname=\"(\\w+)\"")
                .map(alert -> alert.group(1))
                .distinct()
                .toList();
        List<String> listed = find("../monitoring.md", "(?m)^\\| `(Election\\w+)` \\| (\\w+) \\|")
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(fired)
                .containsExactlyInAnyOrderElementsOf(alerts().map(Alert::name).toList());
        assertThat(listed)
                .containsExactlyElementsOf(alerts().map(alert -> alert.name() + " " + alert.severity())
                        .toList());
        assertThat(find("../operations.md", "`(Election\\w+)`").map(alert -> alert.group(1)))
                .as("the runbook")
                .containsAll(alerts().map(Alert::name).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"check rules alerts.yml", "test rules alerts-test.yml"})
    void prometheusAgrees(String arguments, @TempDir Path folder) throws IOException, InterruptedException {
        Promtool.agrees(MonitoringFile.FOLDER, folder.resolve("output"), arguments.split(" ", -1));
    }

    private static Stream<MatchResult> find(String file, String pattern) {
        return Pattern.compile(pattern).matcher(MonitoringFile.read(file)).results();
    }
}
