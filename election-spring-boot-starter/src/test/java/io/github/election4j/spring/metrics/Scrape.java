package io.github.election4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Prometheus has after a scrape, against which queries are checked.
 *
 * @param series each name with its labels, and each of these with its values
 */
record Scrape(Map<String, Map<String, Set<String>>> series) {
    /** What the scraping side adds, and {@code application}, a common tag that many applications set. */
    private static final Set<String> LABELS_OF_THE_TARGET = Set.of("namespace", "job", "application", "instance");

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)\\{(.*)} ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Scrape of(String text) {
        Map<String, Map<String, Set<String>>> series = new TreeMap<>();
        SAMPLE.matcher(text).results().forEach(sample -> {
            Map<String, Set<String>> labels = series.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
            LABEL.matcher(sample.group(2))
                    .results()
                    .forEach(label -> labels.computeIfAbsent(label.group(1), key -> new TreeSet<>())
                            .add(label.group(2)));
        });
        assertThat(series).isNotEmpty();
        return new Scrape(series);
    }

    /** Fails if the query names a metric, a label or a value of a label that is not there. */
    void check(PromQuery query) {
        assertThat(query.selectors()).as(query.text()).isNotEmpty().allSatisfy(this::check);
        checkLabels(query, query.groupedBy());
    }

    /** Fails if a metric of the query has none of these labels. */
    void checkLabels(PromQuery query, Collection<String> labels) {
        Set<String> known = query.selectors().stream()
                .flatMap(selector -> labels(selector).keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(LABELS_OF_THE_TARGET);
        assertThat(labels).as(query.text()).isSubsetOf(known);
    }

    private void check(PromQuery.Selector selector) {
        assertThat(series).containsKey(selector.metric());
        Map<String, Set<String>> labels = labels(selector);
        for (PromQuery.LabelMatch match : selector.matches()) {
            if (!LABELS_OF_THE_TARGET.contains(match.label())) {
                assertThat(labels).as(selector.metric()).containsKey(match.label());
                checkValue(labels.getOrDefault(match.label(), Set.of()), match);
            }
        }
    }

    private Map<String, Set<String>> labels(PromQuery.Selector selector) {
        return series.getOrDefault(selector.metric(), Map.of());
    }

    /** A value that begins with $ is chosen on the board. */
    private static void checkValue(Set<String> known, PromQuery.LabelMatch match) {
        if (!match.value().startsWith("$")) {
            assertThat(Arrays.asList(match.value().split("\\|", -1)))
                    .as(match.label())
                    .isSubsetOf(known);
        }
    }
}
