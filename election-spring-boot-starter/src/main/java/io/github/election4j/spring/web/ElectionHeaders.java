package io.github.election4j.spring.web;

/**
 * The headers by which members speak of the leader.
 *
 * @since 0.1.0
 */
public final class ElectionHeaders {
    /** Of a request: the name of the election whose leader it is meant for, percent-encoded as UTF-8. */
    public static final String NAME = "Election-Name";

    /** Of a request: the fencing token of the leader it is meant for, in decimal. */
    public static final String TOKEN = "Election-Token";

    /** Of an answer: the address of the leader. */
    public static final String LEADER = "Election-Leader";

    private ElectionHeaders() {}
}
