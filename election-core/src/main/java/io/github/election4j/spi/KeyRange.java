package io.github.election4j.spi;

/**
 * Keys that follow each other in the order of their characters.
 *
 * @param from the first key
 * @param to the first key that does not belong to it any more
 * @since 0.1.0
 */
public record KeyRange(String from, String to) {
    /**
     * {@return every key that begins so}
     *
     * @param prefix how they begin; not empty, and it ends with a character that has a successor
     */
    public static KeyRange prefix(String prefix) {
        int last = prefix.length() - 1;
        return new KeyRange(prefix, prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
    }

    /**
     * {@return whether a key lies in it}
     *
     * @param key the key
     */
    public boolean contains(String key) {
        return key.compareTo(from) >= 0 && key.compareTo(to) < 0;
    }
}
