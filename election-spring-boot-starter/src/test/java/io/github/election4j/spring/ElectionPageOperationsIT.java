package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.election4j.spring.CannedEndpoint.Operation;
import java.time.Duration;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.boot.actuate.endpoint.Access;

/** What the page sends when it is operated, in a browser. */
@Tag("browser")
@Timeout(120)
class ElectionPageOperationsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String DONE = "{\"outcome\":\"RELEASED\",\"leader\":{\"id\":\"m2\"}}";

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
        endpoint = CannedEndpoint.start(Access.UNRESTRICTED);
        endpoint.shows(CannedState.led().json());
        endpoint.answersOperationsWith(200, DONE);
        browser.open(endpoint.url());
        browser.awaitText(".leader", "m1 leads");
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void asksFirstAndDoesNothingByDefault() {
        browser.button("Resign").click();
        browser.awaitText("dialog", "Resign m1 in election reports?");
        assertThat(browser.focussed().getText()).isEqualTo("Cancel");
        browser.picture("dialog");
        browser.focussed().sendKeys(Keys.ENTER);
        assertThat(browser.element("dialog").isDisplayed()).isFalse();
        assertThat(browser.focussed().getText()).isEqualTo("Resign");

        browser.button("Evict").click();
        browser.awaitText("dialog", "Evict m1 in election reports?");
        browser.focussed().sendKeys(Keys.ESCAPE);
        assertThat(browser.element("dialog").isDisplayed()).isFalse();
        assertThat(browser.focussed().getText()).isEqualTo("Evict");
        assertThat(endpoint.operations()).isEmpty();
    }

    @Test
    void sendsWhatIsFilledInAndNothingElse() {
        browser.button("Evict").click();
        browser.element("#confirm").click();
        browser.awaitText("#outcome", "Evict (m1): released. m2 leads.");
        browser.button("Evict").click();
        browser.element("input[name=for]").sendKeys(" 30m ");
        browser.element("input[name=reason]").sendKeys("a \"b\"", Keys.ENTER);
        assertThat(browser.element("dialog").isDisplayed()).isTrue();
        browser.picture("evict-dialog");
        browser.element("#confirm").click();
        await().atMost(LIMIT).until(() -> endpoint.operations().size() == 2);

        assertThat(endpoint.operations())
                .extracting(Operation::path, Operation::body, Operation::type, Operation::token)
                .containsExactly(
                        sent("evict", "{\"election\":\"reports\",\"id\":\"m1\"}"),
                        sent(
                                "evict",
                                "{\"election\":\"reports\",\"id\":\"m1\",\"for\":\"30m\",\"reason\":\"a \\\"b\\\"\"}"));
    }

    @Test
    void operatesOnOneOfTheQueue() {
        operate("Transfer");
        operate("Clear");
        endpoint.shows(CannedState.evicted().json());
        browser.awaitText(".leader", "m2 leads");
        operate("Resign");
        operate("Transfer");
        operate("Evict");
        operate("Cancel the eviction");
        operate("Let return");

        assertThat(endpoint.operations())
                .extracting(Operation::path, Operation::body, Operation::type, Operation::token)
                .containsExactly(
                        sent("transfer", "{\"election\":\"reports\",\"id\":\"m2\"}"),
                        sent("clear", "{\"election\":\"reports\",\"id\":\"m2\"}"),
                        sent("resign", "{\"election\":\"reports\",\"id\":\"m2\"}"),
                        sent("transfer", "{\"election\":\"reports\",\"id\":\"m3\"}"),
                        sent("evict", "{\"election\":\"reports\",\"id\":\"m2\"}"),
                        sent("cancel-evict", "{\"election\":\"reports\",\"id\":\"m1\"}"),
                        sent("cancel-evict", "{\"election\":\"reports\",\"id\":\"m1\"}"));
    }

    /** Behind a balancer it may be another member that answers. */
    @Test
    void namesWhoIsToResign() {
        operate("Resign");
        endpoint.shows(CannedState.evicted()
                .with("evicted", false)
                .with("evictions", List.of())
                .with(
                        "candidates",
                        List.of(CannedState.candidate("m2", "", "b2", 9), CannedState.candidate("m1", "", "a1", 20)))
                .json());
        browser.awaitText(".leader", "m2 leads");
        operate("Resign");

        assertThat(endpoint.operations())
                .extracting(Operation::body)
                .containsExactly(
                        "{\"election\":\"reports\",\"id\":\"m1\"}", "{\"election\":\"reports\",\"id\":\"m1\"}");
    }

    @Test
    void worksByKeyboardThoughItIsDrawnAnewMeanwhile() {
        for (int i = 0; i < 20 && !browser.focussed().getText().equals("Resign"); i++) {
            browser.press(Keys.TAB);
        }
        WebElement before = browser.focussed();
        endpoint.shows(CannedState.led().with("lastError", "drawn anew").json());
        browser.awaitText("#elections", "drawn anew");
        assertThat(browser.focussed()).isNotEqualTo(before);
        assertThat(browser.focussed().getText()).isEqualTo("Resign");

        browser.press(Keys.ENTER);
        browser.awaitText("dialog", "Resign m1");
        browser.press(Keys.TAB, Keys.SPACE);
        browser.awaitText("#outcome", "Resign (m1): released. m2 leads.");
        assertThat(endpoint.operations()).hasSize(1);
        assertThat(browser.focussed().getAttribute("id")).isEqualTo("outcome");
    }

    @Test
    void sendsTheTokenAgainstForgedRequestsIfThereIsOne() {
        browser.run("document.cookie = 'XSRF-TOKEN=a%2Fb; path=/'");
        try {
            operate("Resign");
            assertThat(endpoint.operations()).extracting(Operation::token).containsExactly("a/b");
        } finally {
            browser.run("document.cookie = 'XSRF-TOKEN=; path=/; max-age=0'");
        }
    }

    @Test
    void showsWhatIsRefused() {
        endpoint.answersOperationsWith(409, "{\"status\":409,\"message\":\"<i>closed</i>\"}");
        operate("Resign");
        browser.awaitText("#outcome.bad", "refused with status 409. <i>closed</i>");
        browser.picture("refused");

        endpoint.answersOperationsWith(403, "");
        operate("Resign");
        browser.awaitText("#outcome.bad", "refused with status 403. You may not do this");

        endpoint.close();
        operate("Resign");
        browser.awaitText("#outcome.bad", "no answer came");
    }

    private void operate(String label) {
        await().atMost(LIMIT).until(() -> browser.button(label).isEnabled());
        browser.button(label).click();
        browser.element("#confirm").click();
        await().atMost(LIMIT).until(() -> !browser.text("#outcome").contains("waiting"));
    }

    private static Tuple sent(String operation, String body) {
        return tuple("/shop/actuator/election/" + operation, body, "application/json", null);
    }
}
