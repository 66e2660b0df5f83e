package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;
import org.springframework.boot.actuate.endpoint.Access;

/** What the page makes of what the endpoint answers, in a browser. */
@Tag("browser")
@Timeout(120)
class ElectionPageStatesIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** The least contrast of text with what is behind it, of all texts; as WCAG 2 computes it. */
    private static final String LEAST_CONTRAST = """
            const numbers = color => color.match(/[\\d.]+/g).map(Number);
            const light = color => {
              const [r, g, b] = numbers(color).map(c => c / 255).map(c =>
                c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const behind = node => {
              const color = node === null ? 'rgb(255, 255, 255)' : getComputedStyle(node).backgroundColor;
              return numbers(color)[3] === 0 ? behind(node.parentElement) : color;
            };
            return Math.min(...[...document.body.querySelectorAll('*')]
              .filter(node => node.checkVisibility())
              .filter(node => [...node.childNodes].some(each => each.nodeType === 3 && each.data.trim()))
              .map(node => {
                const [a, b] = [light(getComputedStyle(node).color), light(behind(node))];
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              }));
            """;

    private static Browser browser;
    private CannedEndpoint endpoint;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() {
        browser.width(1000);
        browser.dark(false);
        endpoint = CannedEndpoint.start(Access.UNRESTRICTED);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void showsWhoLeadsSinceWhenAndWhoFollows() {
        open(CannedState.led());

        browser.awaitText(".leader", "m1 leads since ");
        assertThat(browser.text(".leader")).contains("(2 min ");
        assertThat(texts("table[aria-label='Queue of reports'] tbody tr"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("1", "m1", "leads", "this member", "http://m1.example:8080", "7"),
                        second -> assertThat(second).contains("2", "m2", "http://m2.example:8080", "9"),
                        third -> assertThat(third).contains("3", "m3", "rack 3", "12"));
        assertThat(browser.elements("a").map(each -> each.getAttribute("href")))
                .contains("http://m2.example:8080/")
                .noneMatch(address -> address != null && address.contains("rack"));
        assertThat(texts("table[aria-label='Terms of reports'] tbody tr"))
                .satisfiesExactly(
                        present -> assertThat(present).contains("m1", "token 7", "goes on"),
                        gap -> assertThat(gap).contains("Nobody led", "4.0 s"),
                        earlier -> assertThat(earlier).contains("m2", "token 3", "for 47 min"));
        assertThat(browser.text("#session")).contains("active", "granted for 15 s", "valid for 12 s", "lease a1");
        assertThat(browser.element("#trouble").isDisplayed()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.picture("leads");
    }

    /** m9 was killed, m2 is a member of another library, and m1 leads. */
    @Test
    void showsTheTermsThatAreWrittenAndThoseItHasHeardOf() {
        open(CannedState.led()
                .with(
                        "terms",
                        List.of(
                                CannedState.term("m9", 2, 9_000, null, null, null),
                                CannedState.term("m1", 7, 130, null, null, null))));

        browser.awaitText(".leader", "m1 leads since ");
        assertThat(texts("table[aria-label='Terms of reports'] tbody tr"))
                .satisfiesExactly(
                        present -> assertThat(present).contains("m1", "token 7", "goes on"),
                        gap -> assertThat(gap).contains("Nobody led", "4.0 s"),
                        other -> assertThat(other).contains("m2", "token 3", "for 47 min"),
                        killed -> assertThat(killed).contains("m9", "token 2", "for at most 1 h 40 min"));
    }

    @Test
    void saysThatNobodyLeadsAndTellsWhenSomebodyDoes() {
        open(CannedState.leaderless());

        browser.awaitText(".leader", "Nobody leads since ");
        assertThat(texts("table[aria-label='Terms of reports'] tbody tr").get(0))
                .contains("Nobody leads", "goes on");
        browser.picture("nobody");

        endpoint.shows(CannedState.led().json());
        browser.awaitText(".leader", "m1 leads");
        assertThat(browser.run("return document.getElementById('news').textContent"))
                .isEqualTo("Election reports: m1 leads; this member is leading.");
    }

    @Test
    void saysThatEtcdIsOutOfReachAndSinceWhenWhatItShowsIsOld() {
        open(CannedState.disconnected(75));

        browser.awaitText("#trouble", "etcd is out of reach of this member");
        browser.awaitText("section.old", "As it was 1 min ");
        assertThat(browser.text("section.old")).contains("m1 led since", "Last error", "Connection refused");
        assertThat(leastContrast()).isGreaterThan(4.5);
        browser.picture("etcd-down");
    }

    @Test
    void keepsTheLastStateWhenTheApplicationIsOutOfReach() {
        open(CannedState.led());
        browser.awaitText(".leader", "m1 leads");

        endpoint.fails(503);
        browser.awaitText("#trouble", "This page cannot reach the application: status 503.");
        browser.awaitText("#elections section.old", "As it was");
        endpoint.shows(CannedState.led().json());
        await().atMost(LIMIT).until(() -> !browser.element("#trouble").isDisplayed());
        assertThat(browser.elements(".old")).isEmpty();

        endpoint.close();
        browser.awaitText("#trouble", "This page cannot reach the application");
        assertThat(browser.text("#live")).startsWith("Last answer ");
        browser.awaitText("#elections section.old", "m1 led");
        browser.picture("application-down");
    }

    @Test
    void showsWhoIsEvictedByWhomAndWhy() {
        open(CannedState.evicted());

        browser.awaitText(".leader", "m2 leads since ");
        assertThat(texts("table[aria-label='Evicted from reports'] tbody tr"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("m1", "disk is being replaced", "by anna", "until "),
                        second -> assertThat(second).contains("m9", "until cancelled"));
        assertThat(texts("table[aria-label='Terms of reports'] tbody tr"))
                .satisfiesExactly(
                        present -> assertThat(present).contains("m2", "goes on"),
                        gap -> assertThat(gap).contains("Nobody led", "1.0 s"),
                        earlier -> assertThat(earlier).contains("m1", "evicted", "by anna"),
                        before -> assertThat(before).contains("Nobody led", "40 s"),
                        last -> assertThat(last).contains("m3", "session lost"));
        assertThat(browser.buttons())
                .as("of this member, of m2 that leads, of m3, of m1 and m9 that are evicted")
                .containsExactly(
                        "Cancel the eviction",
                        "Resign",
                        "Evict",
                        "Clear",
                        "Transfer",
                        "Evict",
                        "Clear",
                        "Let return",
                        "Let return");
        browser.picture("evicted");
    }

    @Test
    void showsHostileTextAsText() {
        String markup = "</script><img src=x onerror=\"window.stolen=1\"><script>window.stolen=1</script>";
        String turned = "two\nlines\u202Eturned";
        String huge = "x".repeat(1 << 20);
        var hostile = CannedState.candidate(markup, "javascript:window.stolen=1", "a1", 7);
        open(CannedState.led()
                .with("leader", hostile)
                .with("id", markup)
                .with("lastError", "<b>bold</b>" + huge)
                .with(
                        "candidates",
                        List.of(
                                hostile,
                                CannedState.candidate(turned, "java\nscript:window.stolen=1", "b2", 9),
                                CannedState.candidate(huge, "https://x/" + huge, "c3", 12),
                                CannedState.candidate("'][data-key]", "data:text/html,<script>1</script>", "d4", 13)))
                .with("terms", List.of(CannedState.term(markup, 2, 9_000, 130, markup, markup))));

        browser.awaitText(".leader", markup + " leads");
        assertThat(texts("table[aria-label='Queue of reports'] tbody tr"))
                .satisfiesExactly(
                        first -> assertThat(first).contains(markup, "javascript:window.stolen=1"),
                        second -> assertThat(second).contains("two\\nlines\\u{202e}turned", "java\\nscript:"),
                        third -> assertThat(third)
                                .contains("x\u2026 (1048576 characters)")
                                .hasSizeLessThan(1_000),
                        fourth -> assertThat(fourth).contains("'][data-key]"));
        assertThat(browser.elements("a").map(each -> each.getAttribute("href")))
                .containsExactly("http://m1.example:8080/");
        assertThat(browser.elements("img, iframe, b")).isEmpty();
        assertThat(browser.elements("script")).hasSize(1);
        assertThat(browser.run("return String(window.stolen)")).isEqualTo("undefined");
        assertThat(browser.complaints()).isEmpty();
        browser.picture("hostile");
    }

    @Test
    void hasNoButtonsWhereOperationsAreClosed() {
        endpoint.close();
        endpoint = CannedEndpoint.start(Access.READ_ONLY);
        open(CannedState.led());

        browser.awaitText(".leader", "m1 leads");
        assertThat(browser.buttons()).isEmpty();
        assertThat(browser.text("#closed")).contains("management.endpoint.election.access");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isLegibleOnNarrowScreensAndInTheDark(boolean dark) {
        browser.dark(dark);
        browser.width(360);
        open(CannedState.evicted()
                .with("lastError", "x".repeat(300))
                .with(
                        "terms",
                        IntStream.range(0, 50)
                                .mapToObj(i -> CannedState.term(
                                        "m" + i % 3, i, 9_000 - i * 100, 8_950 - i * 100, "CLOSED", null))
                                .toList()));

        browser.awaitText(".leader", "m2 leads");
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
        assertThat(leastContrast()).isGreaterThan(4.5);
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(dark ? "rgb(19, 23, 26)" : "rgb(244, 246, 247)");
        browser.picture("narrow-" + (dark ? "dark" : "light"));
        browser.width(1000);
        browser.picture("wide-" + (dark ? "dark" : "light"));
    }

    @Test
    void asksForNothingWhileNobodyLooks() {
        open(CannedState.led());
        browser.awaitText(".leader", "m1 leads");
        browser.run("Object.defineProperty(document, 'hidden', {value: true, configurable: true})");
        int asked = endpoint.reads();
        // One may have been on its way.
        await().atMost(LIMIT).during(Duration.ofSeconds(5)).until(() -> endpoint.reads() <= asked + 1);

        endpoint.shows(CannedState.evicted().json());
        browser.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
        browser.awaitText(".leader", "m2 leads");
    }

    private void open(CannedState state) {
        endpoint.shows(state.json());
        browser.open(endpoint.url());
    }

    private static List<String> texts(String selector) {
        return browser.elements(selector).map(WebElement::getText).toList();
    }

    private static double leastContrast() {
        return ((Number) browser.run(LEAST_CONTRAST)).doubleValue();
    }
}
