package io.github.election4j.spring.autoconfigure;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionState;
import io.github.election4j.ElectionStatus;
import io.github.election4j.spring.Candidacy;
import io.github.election4j.spring.ManagedElection;
import io.github.election4j.spring.Participation;
import java.util.List;
import java.util.function.Supplier;

/** What is injected where {@code election.enabled} is false: it is never joined, so it never leads. */
class DisabledElection extends ManagedElection {
    static final String WHY = "election.enabled is false";

    DisabledElection(String name, Supplier<ElectionConfig> config) {
        super(name, DisabledElections::new, config, new Participation(Candidacy.READY, false, false));
    }

    @Override
    public synchronized void start() {}

    @Override
    public String whyOut() {
        return WHY + ".";
    }

    @Override
    public ElectionStatus status() {
        ElectionStatus out = super.status();
        return new ElectionStatus(
                out.name(),
                out.key(),
                out.id(),
                out.address(),
                ElectionState.CLOSED,
                null,
                out.evicted(),
                List.of(),
                List.of(),
                null,
                out.since(),
                WHY,
                List.of(),
                List.of());
    }
}
