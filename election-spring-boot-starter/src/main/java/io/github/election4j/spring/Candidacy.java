package io.github.election4j.spring;

/**
 * When a member of an election is a candidate.
 *
 * @since 0.1.0
 */
public enum Candidacy {
    /** While the application accepts traffic: from when its runners have returned, and not while it refuses traffic. */
    READY,

    /** From the start of the application context, its web server included, until it closes. */
    STARTED
}
