package io.github.election4j.spring;

import static org.awaitility.Awaitility.await;

import io.github.election4j.testing.Evidence;
import io.github.election4j.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of the machine, without a window. Where there is none, a test that starts it is skipped. */
final class Browser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String REMEDY = "install it (apt-get install chromium chromium-driver).";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser start() {
        Optional<Path> chromium = Programs.find("chromium")
                .or(() -> Programs.find("google-chrome"))
                .filter(Files::isExecutable);
        Optional<Path> control = Programs.find("chromedriver");
        Evidence.require(chromium.isPresent() && control.isPresent(), "Chromium", REMEDY);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        // A container has no sandbox for root, and little shared memory.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(control.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    void open(String url) {
        driver.get(url);
    }

    /** Waits until an element shows a text among others. */
    void awaitText(String selector, String text) {
        await("'" + text + "' in " + selector)
                .atMost(LIMIT)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> text(selector), shown -> shown.contains(text));
    }

    /** What an element shows; empty if there is none. */
    String text(String selector) {
        return elements(selector).map(WebElement::getText).findFirst().orElse("");
    }

    Stream<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream();
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    WebElement button(String label) {
        return elements("button")
                .filter(each -> each.getText().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No button '" + label + "'"));
    }

    List<String> buttons() {
        return elements("main button").map(WebElement::getText).toList();
    }

    WebElement focussed() {
        return driver.switchTo().activeElement();
    }

    /** On what is focussed. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    Object run(String script) {
        Object result = driver.executeScript(script);
        return result == null ? "null" : result;
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 1200, "deviceScaleFactor", 1, "mobile", false));
    }

    void dark(boolean dark) {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** What the console said, such as what the policy of the page has stopped. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /** For people who look: {@code target/pictures}. */
    void picture(String name) {
        try {
            Path file = Files.createDirectories(Path.of("target", "pictures")).resolve(name + ".png");
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
