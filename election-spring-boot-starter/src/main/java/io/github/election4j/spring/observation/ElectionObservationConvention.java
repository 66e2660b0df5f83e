package io.github.election4j.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Name and key values of the observation of a listener's call. A bean of this type replaces the
 * {@linkplain DefaultElectionObservationConvention default}.
 *
 * @since 0.1.0
 */
public interface ElectionObservationConvention extends ObservationConvention<ElectionObservationContext> {
    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof ElectionObservationContext;
    }
}
