import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The end of the build: the slowest test classes of all modules, and what was skipped for want of what. Run by the last
 * module, with the folder of the project and the time at which the build began.
 */
public final class TestReport {
    private static final int SHOWN = 10;

    public static void main(String[] arguments) throws Exception {
        Instant began = Instant.parse(arguments[1]);
        List<Suite> suites = new ArrayList<>();
        for (Path report : reports(Path.of(arguments[0]), began)) {
            suites.add(Suite.read(report));
        }
        print("");
        print(totals(suites));
        print("The slowest classes:");
        suites.stream()
                .sorted(Comparator.comparingDouble(Suite::seconds).reversed())
                .limit(SHOWN)
                .forEach(each -> print(String.format(Locale.ROOT, "%7.1f s  %s", each.seconds(), each.name())));
        print(skipped(suites));
    }

    /** In the words of Surefire. */
    private static String totals(List<Suite> suites) {
        return String.format(
                Locale.ROOT,
                "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d, Time elapsed: %.0f s",
                suites.stream().mapToInt(Suite::tests).sum(),
                suites.stream().mapToInt(Suite::failures).sum(),
                suites.stream().mapToInt(Suite::errors).sum(),
                suites.stream().mapToInt(each -> each.skipped().size()).sum(),
                suites.stream().mapToDouble(Suite::seconds).sum());
    }

    private static String skipped(List<Suite> suites) {
        Map<String, Integer> reasons = new TreeMap<>();
        suites.forEach(each -> each.skipped().forEach(reason -> reasons.merge(reason, 1, Integer::sum)));
        if (reasons.isEmpty()) {
            return "No test was skipped.";
        }
        return reasons.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining("; ", "Skipped tests: ", ""));
    }

    private static List<Path> reports(Path project, Instant began) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(project)) {
            for (Path module : modules.toList()) {
                for (String folder : List.of("surefire-reports", "failsafe-reports")) {
                    Path reports = module.resolve("target").resolve(folder);
                    if (Files.isDirectory(reports)) {
                        try (Stream<Path> files = Files.list(reports)) {
                            files.filter(each -> isOf(each, began)).forEach(found::add);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static boolean isOf(Path file, Instant began) {
        String name = file.getFileName().toString();
        Instant written = Instant.ofEpochMilli(file.toFile().lastModified());
        return name.startsWith("TEST-") && name.endsWith(".xml") && !written.isBefore(began);
    }

    private static void print(String line) {
        System.out.println("[INFO] " + line);
    }

    private record Suite(
            String name, int tests, int failures, int errors, double seconds, List<String> skipped) {
        static Suite read(Path report) throws Exception {
            Element suite = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            List<String> skipped = new ArrayList<>();
            NodeList found = suite.getElementsByTagName("skipped");
            for (int i = 0; i < found.getLength(); i++) {
                skipped.add(((Element) found.item(i)).getAttribute("message"));
            }
            return new Suite(
                    suite.getAttribute("name"),
                    Integer.parseInt(suite.getAttribute("tests")),
                    Integer.parseInt(suite.getAttribute("failures")),
                    Integer.parseInt(suite.getAttribute("errors")),
                    Double.parseDouble(suite.getAttribute("time").replace(",", "")),
                    skipped);
        }
    }
}
