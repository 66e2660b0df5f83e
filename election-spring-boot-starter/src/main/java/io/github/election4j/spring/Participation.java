package io.github.election4j.spring;

/**
 * How a member takes part in an election.
 *
 * @param candidacy when to join
 * @param autoStartup whether to join by itself at all
 * @param resignOnFailedStart whether to step down, and to stand aside for a while, when a listener fails on a grant
 * @since 0.1.0
 */
public record Participation(Candidacy candidacy, boolean autoStartup, boolean resignOnFailedStart) {
    /** Joined by the code that asks for it, at once; a listener that fails is told of and no more. */
    static final Participation BY_CODE = new Participation(Candidacy.STARTED, true, false);
}
