package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.election4j.Election;
import io.github.election4j.testing.NeedsEtcd;
import io.github.election4j.testing.TestEtcd;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** The page of a real application, in a real browser, on a real etcd. */
@Tag("browser")
@NeedsEtcd
@Timeout(120)
class ElectionPageIT {
    @Test
    void showsAndOperatesAnElection() {
        try (Browser browser = Browser.start();
                TestEtcd etcd = TestEtcd.started();
                ConfigurableApplicationContext first = TestApplication.run(etcd, "m1", "election.key=/page");
                ConfigurableApplicationContext second =
                        TestApplication.runAfter(first, () -> TestApplication.run(etcd, "m2", "election.key=/page"))) {
            browser.open(TestApplication.uri(first, "/election").toString());
            browser.awaitText(".leader", "m1 leads since ");
            assertThat(browser.text("#live")).startsWith("Live from localhost:");
            assertThat(browser.text("table[aria-label='Queue of default']")).contains("since ");

            browser.button("Evict").click();
            browser.element("#confirm").click();
            browser.awaitText("#outcome", "Evict (m1): released. m2 leads.");
            assertThat(second.getBean(Election.class).isLeader()).isTrue();
            browser.awaitText(".leader", "m2 leads since ");
            browser.awaitText(".state", "this member: evicted");
            browser.awaitText("table[aria-label='Terms of default']", "evicted");

            browser.button("Cancel the eviction").click();
            browser.element("#confirm").click();
            browser.awaitText("#outcome", "Cancel the eviction (m1): rejoined. m2 leads.");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> first.getBean(Election.class).candidates().size() == 2);

            etcd.pause();
            browser.awaitText("#trouble", "etcd is out of reach of this member");
            browser.awaitText("#elections section.old", "As it was ");
            etcd.resume();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !browser.element("#trouble").isDisplayed());
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
