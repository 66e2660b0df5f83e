package io.github.election4j.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names in a query, found as far as the queries here go: what is of no known kind is refused, so none is missed.
 *
 * @param text the query
 * @param selectors what it reads
 * @param groupedBy the labels it groups or matches by
 * @param result the labels that its result is told to have; empty if it is told none
 */
record PromQuery(String text, List<Selector> selectors, Set<String> groupedBy, Set<String> result) {
    private static final Pattern TOKEN = Pattern.compile("""
            \\s+ | [-+*/%^<>=!(),]+ | \\d[\\w.]* | \\[[^\\]]*] | offset\\s+\\w+ | (?:and|or|unless|bool)\\b
            | (by|without|on|ignoring) \\s* \\( ([^)]*) \\)
            | \\w+ (?= \\s*\\( | \\s+(?:by|without)\\b )
            | ([a-zA-Z_:][\\w:]*) (?: \\s* \\{ ([^}]*) } )?
            """, Pattern.COMMENTS);
    private static final Pattern LABEL_MATCH = Pattern.compile("\\s*(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"\\s*,?");

    /** A metric and what its labels have to be. */
    record Selector(String metric, List<LabelMatch> matches) {}

    /** A label and the value that it has to have, or not to have. */
    record LabelMatch(String label, String value) {}

    static PromQuery parse(String text) {
        List<Selector> selectors = new ArrayList<>();
        Set<String> groupedBy = new TreeSet<>();
        Set<String> result = new TreeSet<>();
        for (MatchResult token : tokens(TOKEN, text)) {
            if (token.group(1) != null) {
                List<String> labels = List.of(token.group(2).strip().split("\\s*,\\s*", -1));
                groupedBy.addAll(labels);
                if (token.group(1).equals("by")) {
                    result.addAll(labels);
                }
            } else if (token.group(3) != null) {
                selectors.add(new Selector(token.group(3), matches(token.group(4))));
            }
        }
        return new PromQuery(text, selectors, groupedBy, result);
    }

    private static List<LabelMatch> matches(@Nullable String text) {
        return tokens(LABEL_MATCH, text == null ? "" : text).stream()
                .map(match -> new LabelMatch(match.group(1), match.group(2)))
                .toList();
    }

    /** All of the text, token by token. */
    private static List<MatchResult> tokens(Pattern pattern, String text) {
        List<MatchResult> tokens = pattern.matcher(text).results().toList();
        int end = 0;
        for (MatchResult token : tokens) {
            assertThat(text.substring(end, token.start())).as(text).isEmpty();
            end = token.end();
        }
        assertThat(text.substring(end)).as(text).isEmpty();
        return tokens;
    }
}
