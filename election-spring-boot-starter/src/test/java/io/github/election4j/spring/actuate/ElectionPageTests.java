package io.github.election4j.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser holds against a page before it runs anything of it. */
class ElectionPageTests {
    private static final String HTML = html(true);

    @ParameterizedTest
    @ValueSource(strings = {"script", "style"})
    void allowsWhatItHasByItsHashAndNothingElse(String tag) throws Exception {
        Matcher element = Pattern.compile("<" + tag + "\\b[^>]*>(.*?)</" + tag + ">", Pattern.DOTALL)
                .matcher(HTML);
        assertThat(element.find()).isTrue();
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(element.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(policy())
                .startsWith("default-src 'none'; ")
                .contains("; " + tag + "-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'; ")
                .contains("; connect-src 'self'; base-uri 'none'; form-action 'none'");
        assertThat(element.find()).as("a second " + tag).isFalse();
    }

    @Test
    void needsNoOtherHostAndNoEncoding() {
        assertThat(HTML).doesNotContain("http://", "https:/", "src=", "@import", "url(");
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(HTML)).isTrue();
        assertThat(HTML).doesNotContain("{policy}", "{operations}", "{style}", "{script}");
    }

    @ParameterizedTest
    @CsvSource({"true, open", "false, closed"})
    void saysWhetherOperationsAreOpen(boolean operable, String said) {
        assertThat(html(operable)).contains("<body data-operations=\"" + said + "\">");
    }

    private static String policy() {
        Matcher policy = Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(HTML);
        assertThat(policy.find()).isTrue();
        return policy.group(1);
    }

    private static String html(boolean operable) {
        return new String(new ElectionPage(operable).content(), StandardCharsets.UTF_8);
    }
}
