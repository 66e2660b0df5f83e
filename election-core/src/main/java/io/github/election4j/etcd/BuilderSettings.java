package io.github.election4j.etcd;

import io.github.election4j.InvalidElectionConfigException;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of a builder must be; the same as for the parts of an election, whose package does not share its
 * rules. What is no text is told by its code, and not repeated where it is shown.
 */
final class BuilderSettings {
    private static final Duration SHORTEST_FAIL_OVER = Duration.ofSeconds(1);
    static final int LONGEST_NAME = 256;
    static final int LONGEST_TEXT = 1_024;
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /** Controls, and halves of characters, which UTF-8 cannot say. */
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private BuilderSettings() {}

    static void require(boolean holds, String setting, String found, String action) {
        if (!holds) {
            throw new InvalidElectionConfigException(setting, found, action);
        }
    }

    static <T> T given(String setting, @Nullable T value) {
        if (value == null) {
            throw new InvalidElectionConfigException(setting, "is null", "Give it a value, or leave it out.");
        }
        return value;
    }

    static void requireTimeout(String setting, Duration value) {
        require(!value.isNegative() && !value.isZero(), setting, value + " is not positive", "Choose a value above 0.");
        require(value.compareTo(LONGEST_TIMEOUT) <= 0, setting, value + " is out of range", "Choose at most 1h.");
    }

    static String text(String setting, String value, int most) {
        require(!value.isBlank(), setting, "is blank", "Give it a value, or leave it out.");
        return noControls(setting, value, most);
    }

    static URI endpoint(@Nullable String value) {
        String text = noControls("endpoints", given("endpoints", value).strip(), LONGEST_TEXT);
        String action = "Write it as http://host:port or https://host:port.";
        try {
            URI uri = URI.create(text);
            require(uri.getRawUserInfo() == null, "endpoints", "a user is named in one", "Set user and password.");
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            require(http && uri.getHost() != null && uri.getPort() > 0, "endpoints", quoted(text), action);
            return uri;
        } catch (InvalidElectionConfigException refused) {
            throw refused;
        } catch (IllegalArgumentException malformed) {
            throw new InvalidElectionConfigException("endpoints", quoted(text), action);
        }
    }

    private static String noControls(String setting, String value, int most) {
        require(
                value.length() <= most,
                setting,
                "has " + value.length() + " characters",
                "Choose at most " + most + ".");
        Matcher noText = NO_TEXT.matcher(value);
        if (noText.find()) {
            char found = value.charAt(noText.start());
            String what =
                    Character.isSurrogate(found) ? "half of a character, U+%04X," : "the control character U+%04X";
            require(
                    false,
                    setting,
                    String.format("has " + what + " at index %d", (int) found, noText.start()),
                    "Leave it out.");
        }
        return value;
    }

    private static String quoted(String text) {
        return "'" + text + "' is not a URL with a host and a port";
    }

    static void requireFailOver(@Nullable Duration failOver, Duration leaseDuration) {
        require(
                failOver == null
                        || (failOver.compareTo(SHORTEST_FAIL_OVER) >= 0
                                && failOver.compareTo(
                                                leaseDuration.multipliedBy(88).dividedBy(100))
                                        <= 0),
                "failOver, leaseDuration",
                "a fail-over within " + failOver + " does not fit a lease of " + leaseDuration,
                "Choose a value between 1s and 0.88 of the lease, or lengthen the lease.");
    }
}
