package io.github.election4j.spring.autoconfigure;

import io.github.election4j.ElectionConfig;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.spring.ManagedElection;

/** Stands in for {@link ElectionConfigFactory} where elections are disabled. */
class DisabledElectionFactory {
    private final ElectionConfigFactory configs;

    DisabledElectionFactory(ElectionConfigFactory configs) {
        this.configs = configs;
    }

    /** Named by the definitions of {@link ElectionBeansRegistrar}. */
    ManagedElection election(String name) {
        return new DisabledElection(name, () -> config(name));
    }

    /** Settings with which nobody could take part, such as no key at all, are no fault of who does not. */
    private ElectionConfig config(String name) {
        try {
            return configs.create(name);
        } catch (InvalidElectionConfigException unusable) {
            return ElectionConfig.of("/disabled", "disabled").withName(name);
        }
    }
}
