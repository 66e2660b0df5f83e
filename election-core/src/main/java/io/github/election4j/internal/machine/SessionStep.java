package io.github.election4j.internal.machine;

import java.util.ArrayList;
import java.util.List;

/** One step of a session machine: when it is taken, and what it decides. */
final class SessionStep {
    private final long now;
    private final double random;
    private final long entropy;
    private final List<SessionEffect> effects = new ArrayList<>();
    private int nonces;

    SessionStep(long now, double random, long entropy) {
        this.now = now;
        this.random = random;
        this.entropy = entropy;
    }

    long now() {
        return now;
    }

    /** Uniform in [0, 1). */
    double random() {
        return random;
    }

    /** Never the same again, not even in a process that was copied with all its memory. */
    String nonce() {
        return Long.toHexString(entropy) + "-" + nonces++;
    }

    void add(SessionEffect effect) {
        effects.add(effect);
    }

    void warn(String message) {
        add(new SessionEffect.Warn(message));
    }

    void tell(String election, Input input) {
        add(new SessionEffect.TellElection(election, input));
    }

    void tellAll(Input input) {
        add(new SessionEffect.TellElections(input));
    }

    void failed(String operation, Retry retry, String message) {
        retry.failed(now, random);
        add(new SessionEffect.Report(operation, message, retry.failures()));
    }

    void succeeded(String operation, Retry retry) {
        recovered(operation, retry);
        retry.succeeded();
    }

    void dropped(String operation, Retry retry) {
        recovered(operation, retry);
        retry.reset();
    }

    List<SessionEffect> effects() {
        return effects;
    }

    private void recovered(String operation, Retry retry) {
        if (retry.failures() > 0) {
            add(new SessionEffect.Recovered(operation));
        }
    }
}
