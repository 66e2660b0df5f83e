package io.github.election4j.spring.autoconfigure.work;

import io.github.election4j.spring.work.InvalidLeaderOnlyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where a {@link io.github.election4j.spring.LeaderOnly} cannot work, why, and what to do. */
class InvalidLeaderOnlyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidLeaderOnlyException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidLeaderOnlyException cause) {
        return new FailureAnalysis(
                "@LeaderOnly on " + cause.where() + " cannot work: " + cause.found() + ".", cause.action(), cause);
    }
}
