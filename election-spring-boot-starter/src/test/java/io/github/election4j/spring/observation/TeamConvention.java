package io.github.election4j.spring.observation;

import io.micrometer.common.KeyValues;

/** Shown in docs/monitoring.md. */
// tag::convention[]
class TeamConvention extends DefaultElectionObservationConvention {
    @Override
    public KeyValues getLowCardinalityKeyValues(ElectionObservationContext context) {
        return super.getLowCardinalityKeyValues(context).and("team", "reports");
    }
}
// end::convention[]
