package io.github.election4j.spring.info;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.ElectionStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Tells under {@code leaderElection} who leads each election, and what this member is in it. Local; asks nobody.
 *
 * @since 0.1.0
 */
@ImportRuntimeHints(ElectionInfoContributor.Hints.class)
public class ElectionInfoContributor implements InfoContributor {
    private static final Logger log = LoggerFactory.getLogger(ElectionInfoContributor.class);

    private final List<Election> elections;

    /**
     * Creates a contributor.
     *
     * @param elections the elections to tell of
     */
    public ElectionInfoContributor(List<Election> elections) {
        this.elections = List.copyOf(elections);
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Told> byName = new LinkedHashMap<>();
        elections.forEach(election -> tell(election, byName));
        builder.withDetail("leaderElection", byName);
    }

    /** What else the application tells of itself is no less true where an election cannot tell. */
    private static void tell(Election election, Map<String, Told> byName) {
        try {
            String name = election.name();
            ElectionStatus status = election.status();
            // A mock of a test has neither.
            if (name != null && status != null) {
                byName.put(name, Told.of(status));
            }
        } catch (RuntimeException failure) {
            log.warn("An election could not tell who leads it", failure);
        }
    }

    /** Nobody leads is told, not left out. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Told(
            String state, String key, String id, @Nullable Leader leader) {
        static Told of(ElectionStatus status) {
            return new Told(status.state().name(), status.key(), status.id(), Leader.of(status.leader()));
        }
    }

    record Leader(String id, String address) {
        static @Nullable Leader of(@Nullable Candidate leader) {
            return leader == null ? null : new Leader(leader.id(), leader.address());
        }
    }

    /** Lets a native image write what is told. */
    static class Hints implements RuntimeHintsRegistrar {
        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
            new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), Told.class);
        }
    }
}
