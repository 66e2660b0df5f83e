package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows is what the build runs. */
class ReadmeExamplesTests {
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Testing your application\n(.*?)\n## ");
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern REGION = Pattern.compile("(?s)// tag::\\w+\\[]\n(.*?)// end::\\w+\\[]");

    @Test
    void theReadmeShowsTheExamplesToTheLetter() {
        List<String> examples = Stream.of("ReportJobTests", "FailOverIT", "ReportApplicationIT")
                .map(name -> Path.of("src/test/java/io/github/election4j/examples", name + ".java"))
                .map(file -> only(REGION, file))
                .toList();

        assertThat(BLOCK.matcher(only(SECTION, Path.of("../README.md")))
                        .results()
                        .map(block -> block.group(1)))
                .containsExactlyElementsOf(examples);
    }

    private static String only(Pattern pattern, Path file) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file));
            assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
