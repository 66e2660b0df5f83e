package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.internal.wire.EvictionValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Commands: what they name is there. Programs that are not known here have to be taught, or left out of the docs. */
final class ShellSnippets {
    private static final Set<String> OPERATIONS = Set.of("resign", "transfer", "evict", "cancel-evict", "clear");
    private static final Set<String> FIELDS = Set.of("election", "id", "for", "reason");
    private static final Set<String> OF_EVERY_SYSTEM = Set.of("cd", "cp", "mkdir", "gcc", "grep", "./pan");
    /** The candidates of an election and what is beside them, or the heartbeats of every process. */
    private static final Pattern PERMISSION = Pattern.compile(
            "etcdctl role grant-permission \\w+ readwrite ('(\\S+)\\.~' '\\2" + "0'|--prefix /election4j/beat/)");

    private static final Pattern OPTION =
            Pattern.compile("(?<=\\s)'?-(-?)(\\S+?)(?:(?:=| (?!'?-))'?([^\\s']+)'?)?(?=\\s|$)");

    private final ConfigurationNames names;

    ShellSnippets(ConfigurationNames names) {
        this.names = names;
    }

    /** What follows a prompt; the rest is what the command prints. */
    void checkConsole(String session) {
        String commands = Pattern.compile("(?m)^\\$ (.*)$")
                .matcher(session)
                .results()
                .map(prompt -> prompt.group(1))
                .reduce("", (all, each) -> all + each + "\n");
        assertThat(commands).isNotEmpty();
        check(commands);
        String printed = session.replaceAll("(?m)^\\$ .*$", "");
        assertThat(quoted(printed))
                .allSatisfy(field -> assertThat(Repository.java())
                        .as("a field of an answer")
                        .anyMatch(
                                source -> source.contains("record ") && source.matches("(?s).*\\b" + field + "\\b.*")));
    }

    private static Stream<String> quoted(String json) {
        return Pattern.compile("\"(\\w+)\":").matcher(json).results().map(field -> field.group(1));
    }

    void check(String commands) {
        String[] lines = commands.replaceAll("\\\\\n\\s*", "")
                .replaceAll("(?m)(^|\\s)#.*$", "")
                .split("\n|&&");
        assertThat(lines).anyMatch(line -> !line.isBlank());
        for (String line : lines) {
            if (!line.isBlank()) {
                checkCommand(line.strip());
            }
        }
    }

    private void checkCommand(String command) {
        String program = command.split("\\s")[0];
        switch (program) {
            case "./mvnw" -> checkMaven(command);
            case "java" -> checkJava(command);
            case "curl" -> checkRequest(command);
            case "etcdctl" -> checkEtcdctl(command);
            case "spin" -> checkModel(command);
            default -> assertThat(OF_EVERY_SYSTEM).as("programs").contains(program);
        }
    }

    private static void checkMaven(String command) {
        for (MatchResult option : OPTION.matcher(command).results().toList()) {
            String name = option.group(2);
            String value = String.valueOf(option.group(3));
            if (name.equals("pl")) {
                assertThat(Repository.modules()).contains(value.split(","));
            } else if (name.equals("Dtest") || name.equals("Dit.test")) {
                Stream.of(value.split(",")).forEach(ShellSnippets::checkTest);
            } else if (name.startsWith("Delection4j.")) {
                assertThat(Repository.java()).anyMatch(source -> source.contains('"' + name.substring(1) + '"'));
            } else if (name.startsWith("P")) {
                assertThat(Repository.poms()).contains("<id>" + name.substring(1) + "</id>");
            }
        }
    }

    private static void checkTest(String pattern) {
        String regex = pattern.replace("*", "[A-Za-z]*");
        assertThat(pattern.equals("none")
                        || Repository.java().stream()
                                .anyMatch(source -> source.matches("(?s).*\nclass " + regex + "\\b.*")))
                .as("a test named %s", pattern)
                .isTrue();
    }

    private void checkJava(String command) {
        if (!command.equals("java -jar election-benchmarks/target/election-benchmarks-" + version() + ".jar")) {
            checkSample(command);
        }
    }

    private void checkSample(String command) {
        assertThat(command).contains("-jar election-sample-app/target/election-sample-app-" + version() + ".jar");
        Map<String, Object> settings = new TreeMap<>();
        OPTION.matcher(command)
                .results()
                .filter(option -> option.group(1).equals("-"))
                .forEach(option -> settings.put(option.group(2), option.group(3)));
        settings.keySet()
                .removeIf(name -> Repository.java().stream().anyMatch(source -> source.contains("${" + name + ":")));
        names.check(settings);
    }

    private static void checkRequest(String command) {
        Matcher path = Pattern.compile("localhost:\\d+/actuator/(\\S*?)['?]?(\\s|$|\\?)")
                .matcher(command);
        assertThat(path.find()).isTrue();
        if (command.contains("-X POST")) {
            assertThat(path.group(1)).startsWith("election/");
            assertThat(OPERATIONS).contains(path.group(1).substring("election/".length()));
            assertThat(quoted(command)).isSubsetOf(FIELDS);
        }
    }

    private static void checkEtcdctl(String command) {
        if (command.contains(" role ")) {
            assertThat(command).matches(PERMISSION);
        } else if (command.contains(".~evicted/")) {
            checkEviction(command);
        } else {
            checkCandidate(command);
        }
    }

    private static void checkEviction(String command) {
        Matcher eviction = Pattern.compile("etcdctl (?:put \\S+\\.~evicted/\\S+ '(\\{.*})'|del \\S+\\.~evicted/\\S+)")
                .matcher(command);
        assertThat(eviction.matches()).isTrue();
        if (eviction.group(1) != null) {
            assertThat(EvictionValue.parse(eviction.group(1)).by()).isNotEmpty();
        }
    }

    static void checkCandidate(String command) {
        Matcher json = Pattern.compile("['`](\\{.*})['`]").matcher(command);
        assertThat(json.find()).isTrue();
        assertThat(CandidateValue.parse(json.group(1)).id()).isNotEqualTo(json.group(1));
    }

    private static void checkModel(String command) {
        String model = Repository.files("election-core/src/test/spin", ".pml").stream()
                .map(Repository::read)
                .reduce("", String::concat);
        Pattern.compile("-D(\\w+)")
                .matcher(command)
                .results()
                .forEach(name -> assertThat(model).containsPattern("\\b" + name.group(1) + "\\b"));
    }

    static String version() {
        Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(Repository.read("pom.xml"));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
