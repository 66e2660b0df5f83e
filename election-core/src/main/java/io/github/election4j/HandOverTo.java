package io.github.election4j;

/**
 * Who leads after a member that gives up its leadership in order: by {@code resign}, {@code evict} or {@code close}.
 *
 * @since 0.1.0
 */
public enum HandOverTo {
    /** Who has waited longest. */
    NEXT,
    /**
     * Who has waited shortest: in a rolling deploy that starts a new member before it stops an old one, that is a new
     * one. Those who have waited longer enter the queue again behind it. Not beyond a member that is not of Election4J,
     * nor beyond the hundredth that waits.
     */
    NEWEST
}
