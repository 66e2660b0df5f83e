package io.github.election4j;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a text must be to be a setting. What cannot be used is told by its code, and not repeated where it is shown. */
final class SettingText {
    /** Controls, and halves of characters: UTF-8 cannot say them, and a key would never be found where it was put. */
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private SettingText() {}

    static void require(String setting, @Nullable String text, int most) {
        String value = given(setting, text);
        if (value.isBlank()) {
            throw new InvalidElectionConfigException(setting, "is blank", "Give it a value.");
        }
        if (value.length() > most) {
            throw new InvalidElectionConfigException(
                    setting, "has " + value.length() + " characters", "Choose at most " + most + ".");
        }
        Matcher noText = NO_TEXT.matcher(value);
        if (noText.find()) {
            char found = value.charAt(noText.start());
            String code = String.format("U+%04X", (int) found);
            throw new InvalidElectionConfigException(
                    setting,
                    (Character.isSurrogate(found)
                                    ? "has half of a character, " + code + ","
                                    : "has the control character " + code)
                            + " at index " + noText.start(),
                    "Leave it out.");
        }
    }

    /** As {@link #require}, but it may be empty. */
    static void requireIfAny(String setting, @Nullable String value, int most) {
        if (value == null || !value.isEmpty()) {
            require(setting, value, most);
        }
    }

    static <T> T given(String setting, @Nullable T value) {
        if (value == null) {
            throw new InvalidElectionConfigException(setting, "is null", "Give it a value.");
        }
        return value;
    }
}
