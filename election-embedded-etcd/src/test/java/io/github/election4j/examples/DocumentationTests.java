package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.MarkValue;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What the documentation shows is what the build compiles, runs or knows: a snippet that nothing checks is refused. */
class DocumentationTests {
    private static final ConfigurationNames NAMES = new ConfigurationNames();
    private static final YamlSnippets YAML = new YamlSnippets(NAMES);
    private static final ShellSnippets SHELL = new ShellSnippets(NAMES);
    private static final List<String> ENDPOINTS = List.of("election", "leader", "health");

    /** What the demonstration prints, but for what differs each time. */
    private static final List<String> PRINTED = List.of(
            "etcd, embedded, at ",
            "; logs of the members in ",
            " is process ",
            "Enter k to kill -9 the leader, s to start it again, q or Ctrl-C to end.",
            "kill -9 ",
            " s after the kill; the lease is 5 s");

    static Stream<Snippet> snippets() {
        return Snippet.all().stream();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void everySnippetIsChecked(Snippet snippet) throws Exception {
        String text = snippet.text();
        checkPaths(text);
        if (isCheckedWhereTheMetersAre(snippet)) {
            return;
        }
        switch (snippet.language()) {
            case "java" -> assertThat(Repository.java()).anyMatch(source -> isIn(source, text));
            case "sql" -> assertThat(Repository.java()).anyMatch(source -> source.contains('"' + text.strip() + '"'));
            case "yaml" -> YAML.check(text);
            case "ini" -> checkUnit(text);
            case "xml" -> checkDependency(text);
            case "json" ->
                assertThat(List.of(
                                CandidateValue.parse(text).text(),
                                MarkValue.parse(text).text()))
                        .contains(text.strip());
            case "sh" -> SHELL.check(text);
            case "console" -> SHELL.checkConsole(text);
            case "go" -> ShellSnippets.checkCandidate(text);
            case "haproxy" -> assertThat(text).contains("backend leader", "option httpchk GET /actuator/leader");
            case "mermaid" -> checkDiagram(text);
            case "text" -> checkDemonstration(text);
            default -> throw new AssertionError("Nothing checks a snippet of this language: " + snippet);
        }
    }

    /** Who adds a property describes it there. */
    @Test
    void theTableOfPropertiesHasThemAll() {
        String table = Repository.read("docs/spring-boot.md");
        assertThat(NAMES.names().stream()
                        .filter(name -> name.startsWith("election."))
                        .map(name -> name.substring("election.".length()))
                        .filter(name -> !name.equals("instances")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(table).containsPattern("(?m)^\\|[^|]*`" + Pattern.quote(name) + "`"));
    }

    /** What is written of meters is compared with them in the starter's tests. */
    private static boolean isCheckedWhereTheMetersAre(Snippet snippet) {
        return snippet.file().equals("docs/monitoring.md")
                && Repository.read("election-spring-boot-starter/src/test/java/io/github/election4j/spring/metrics/"
                                + "MonitoringPageTests.java")
                        .contains("block(\"" + snippet.language() + "\")");
    }

    private static void checkPaths(String text) {
        assertThat(Pattern.compile("/actuator/([\\w-]+)")
                        .matcher(text)
                        .results()
                        .map(path -> path.group(1)))
                .isSubsetOf(ENDPOINTS);
    }

    /** A unit of systemd: what it sets are properties. */
    private static void checkUnit(String text) {
        List<String> variables = Pattern.compile("\\b(ELECTION_\\w+)=")
                .matcher(text)
                .results()
                .map(variable -> variable.group(1))
                .toList();
        assertThat(variables).isNotEmpty().allSatisfy(NAMES::checkVariable);
    }

    /** To the letter, but for the indentation. */
    private static boolean isIn(String source, String snippet) {
        List<String> wanted = snippet.lines().toList();
        List<String> lines = source.lines().toList();
        String first = wanted.get(0).strip();
        for (int i = 0; i + wanted.size() <= lines.size(); i++) {
            if (lines.get(i).strip().equals(first)
                    && String.join("\n", lines.subList(i, i + wanted.size()))
                            .stripIndent()
                            .equals(String.join("\n", wanted))) {
                return true;
            }
        }
        return false;
    }

    private static void checkDependency(String xml) throws Exception {
        Element dependency = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
        assertThat(child(dependency, "groupId")).isEqualTo("io.github.election4j");
        assertThat(Repository.modules()).contains(child(dependency, "artifactId"));
        assertThat(child(dependency, "version")).isEqualTo(ShellSnippets.version());
    }

    private static String child(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }

    /** Every name of a class is one, and every participant of a sequence is introduced. */
    private static void checkDiagram(String text) {
        assertThat(Pattern.compile("\\b[A-Z][a-z]+[A-Z][a-z]\\w*").matcher(text).results())
                .allSatisfy(name -> assertThat(Repository.java()).anyMatch(source -> source.contains(name.group())));
        List<String> introduced = Pattern.compile("participant (\\w+)")
                .matcher(text)
                .results()
                .map(participant -> participant.group(1))
                .toList();
        Matcher message = Pattern.compile("(?m)^ *(\\w+)--?>>(\\w+):").matcher(text);
        assertThat(message.results().flatMap(each -> Stream.of(each.group(1), each.group(2))))
                .isSubsetOf(introduced);
        assertThat(text).startsWith(introduced.isEmpty() ? "flowchart " : "sequenceDiagram\n");
    }

    private static void checkDemonstration(String text) {
        String demo = Repository.read("election-sample-app/src/main/java/io/github/election4j/sample/demo/Demo.java");
        assertThat(text).contains(PRINTED);
        assertThat(demo).contains(PRINTED);
    }
}
