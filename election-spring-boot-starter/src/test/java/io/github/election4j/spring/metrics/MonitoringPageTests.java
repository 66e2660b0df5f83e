package io.github.election4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.Elections;
import io.github.election4j.LeaderState;
import io.github.election4j.SessionStatus;
import io.github.election4j.spring.health.ElectionHealthIndicator;
import io.github.election4j.spring.info.ElectionInfoContributor;
import io.github.election4j.spring.observation.DefaultElectionObservationConvention;
import io.github.election4j.spring.observation.ElectionObservationContext;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/monitoring.md shows is what there is. */
class MonitoringPageTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Candidate OTHER = new Candidate("shop-2:8080", "http://shop-2:8080", "/election/shop/2", 7);
    private static final LeaderChanged GRANTED =
            new LeaderChanged("default", null, OTHER, LeaderState.IS_LEADER, 7L, ChangeReason.ELECTED, Instant.EPOCH);

    private final String page = read(Path.of("..", "docs", "monitoring.md"));
    private final PrometheusMeterRegistry registry = AllMeters.registry();

    @Test
    void listsEveryMeterWithItsTags() {
        Map<String, Set<String>> meters = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            meters.put(
                    meter.getId().getName(),
                    meter.getId().getTags().stream()
                            .map(Tag::getKey)
                            .filter(key -> !key.equals("election"))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }

        Map<String, Set<String>> listed = new TreeMap<>();
        find("(?m)^\\| `(election\\.[a-z.]+)` \\|[^|]*\\|([^|]*)\\|")
                .forEach(row -> listed.put(row.group(1), names(row.group(2))));
        assertThat(listed).isEqualTo(meters);
    }

    @Test
    void listsEveryValueOfTheTags() {
        Set<String> values = registry.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .filter(tag -> !tag.getKey().equals("election"))
                .map(Tag::getValue)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names(page.substring(page.indexOf("| Tag |"), page.indexOf("**An `EngineObserver`"))))
                .containsAll(values);
    }

    @Test
    void showsTheHealthAndTheInfo() {
        Election election = election();
        Elections session = mock();
        when(session.session())
                .thenReturn(new SessionStatus(
                        SessionStatus.State.ACTIVE, 1, Duration.ofSeconds(10), Duration.ofSeconds(8), null));
        Info.Builder info = new Info.Builder();
        new ElectionInfoContributor(List.of(election)).contribute(info);

        assertThat(block("json").map(JSON::readTree))
                .containsExactly(
                        json(new ElectionHealthIndicator(session, List.of(election), null).health()),
                        json(info.build().getDetails()));
    }

    @Test
    void listsEveryKeyOfAnObservation() {
        DefaultElectionObservationConvention convention = new DefaultElectionObservationConvention();
        ElectionObservationContext context = new ElectionObservationContext(event -> {}, GRANTED);

        String traces = page.substring(page.indexOf("## Traces"));
        assertThat(keys(traces, "low")).isEqualTo(keys(convention.getLowCardinalityKeyValues(context).stream()));
        assertThat(keys(traces, "high")).isEqualTo(keys(convention.getHighCardinalityKeyValues(context).stream()));
        assertThat(traces)
                .contains("`" + convention.getName() + "`", "`" + convention.getContextualName(context) + "`");
    }

    @Test
    void showsAConventionThatIsCompiled() {
        String source = read(Path.of("src/test/java/io/github/election4j/spring/observation/TeamConvention.java"));
        String shown = source.substring(source.indexOf("[]\n") + 3, source.indexOf("// end::"));

        assertThat(block("java")).containsExactly(shown);
    }

    private static Election election() {
        Election election = mock();
        when(election.name()).thenReturn("default");
        when(election.status())
                .thenReturn(new ElectionStatus(
                        "default",
                        "/election/shop",
                        "shop-1:8080",
                        "http://shop-1:8080",
                        ElectionState.WAITING,
                        OTHER,
                        false,
                        List.of(OTHER, new Candidate("shop-1:8080", "http://shop-1:8080", "/election/shop/1", 8)),
                        List.of(),
                        null,
                        Instant.EPOCH,
                        null,
                        List.of(),
                        List.of()));
        return election;
    }

    private static JsonNode json(Object value) {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    private Stream<MatchResult> find(String pattern) {
        return Pattern.compile(pattern).matcher(page).results();
    }

    private Stream<String> block(String language) {
        return find("(?s)```" + language + "\n(.*?)```").map(block -> block.group(1));
    }

    private static Set<String> names(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(String table, String cardinality) {
        return Pattern.compile("(?m)^\\| (.*) \\| " + cardinality + " \\|")
                .matcher(table)
                .results()
                .flatMap(row -> names(row.group(1)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(Stream<KeyValue> values) {
        return values.map(KeyValue::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
