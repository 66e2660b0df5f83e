package io.github.election4j.spring.actuate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page for operators: one document that needs nothing else. Nothing of an election is in it: its script asks for
 * that as everybody does. A browser runs that script alone, by its hash.
 */
final class ElectionPage {
    /** Where its parts are: below this class, and so not where an application serves files from. */
    static final String FOLDER = "io/github/election4j/spring/actuate/page/";

    /** In the order in which they use each other. */
    private static final List<String> SCRIPTS = List.of("view.js", "election.js", "operations.js", "poll.js");

    private final byte[] content;

    /** Offers operations, or says that they are closed. */
    ElectionPage(boolean operable) {
        String style = "\n" + read("page.css");
        String script = "\n" + SCRIPTS.stream().map(ElectionPage::read).collect(Collectors.joining("\n"));
        content = read("page.html")
                .replace("{policy}", policy(style, script))
                .replace("{operations}", operable ? "open" : "closed")
                .replace("{style}", style)
                .replace("{script}", script)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A copy. */
    byte[] content() {
        return content.clone();
    }

    private static String policy(String style, String script) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + hash(script),
                "style-src " + hash(style),
                "img-src data:",
                "connect-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'");
    }

    private static String hash(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static String read(String name) {
        try (InputStream file = ElectionPage.class.getResourceAsStream("/" + FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("Not in the jar of the starter: " + FOLDER + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
