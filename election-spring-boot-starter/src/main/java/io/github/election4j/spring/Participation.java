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

    /** Why a member does not take part, as a sentence. */
    String whyOut(boolean wanted) {
        if (!wanted) {
            return autoStartup
                    ? "it was closed."
                    : "election.auto-startup is false, and nobody has started it, or it was closed since.";
        }
        return candidacy == Candidacy.READY
                ? "election.candidacy is 'ready', and the application does not accept traffic."
                : "the application context has not started, or is stopping.";
    }
}
