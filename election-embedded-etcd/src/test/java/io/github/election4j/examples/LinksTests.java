package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links within the documentation lead somewhere. */
class LinksTests {
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    record Link(String from, String to, String anchor) {}

    static Stream<Link> links() {
        return Stream.concat(Repository.files("", ".md").stream(), Repository.files("docs", ".md").stream())
                .flatMap(from -> LINK.matcher(prose(from))
                        .results()
                        .map(link -> new Link(
                                from,
                                link.group(1).isEmpty() ? from : resolve(from, link.group(1)),
                                link.group(2) == null ? "" : link.group(2))))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("links")
    void everyLinkLeadsToAFileAndAHeading(Link link) {
        assertThat(Path.of("..").resolve(link.to())).exists();
        if (!link.anchor().isEmpty()) {
            assertThat(HEADING.matcher(prose(link.to())).results().map(heading -> anchor(heading.group(1))))
                    .contains(link.anchor());
        }
    }

    private static String prose(String file) {
        return Repository.read(file).replaceAll("(?ms)^```.*?^```$", "");
    }

    private static String resolve(String from, String to) {
        return Path.of(from).resolveSibling(to).normalize().toString().replace('\\', '/');
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }
}
