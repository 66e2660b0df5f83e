package io.github.election4j.internal.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that anybody may have written, as it can be logged, shown and encoded: of bounded length, on one line. What this
 * library writes itself is refused where it would be changed here, so that it stays what it was.
 */
public final class ForeignText {
    /** Controls, and halves of characters, which UTF-8 cannot say. */
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private ForeignText() {}

    /**
     * Cuts and then escapes, so that it can be longer than the most where it was no text at all.
     *
     * @param raw any text
     * @param most how many characters of it to keep
     * @return the text as it can be shown
     */
    public static String legible(String raw, int most) {
        String cut = raw;
        if (raw.length() > most) {
            boolean inHalf = Character.isHighSurrogate(raw.charAt(most - 1));
            cut = raw.substring(0, inHalf ? most - 1 : most) + "…";
        }
        return NO_TEXT.matcher(cut)
                .replaceAll(found -> Matcher.quoteReplacement(
                        String.format("\\u%04x", (int) found.group().charAt(0))));
    }
}
