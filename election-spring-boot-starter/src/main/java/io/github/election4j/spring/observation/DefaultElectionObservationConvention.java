package io.github.election4j.spring.observation;

import io.github.election4j.Candidate;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code election.event}, with the low-cardinality key values {@code election}, {@code type} and {@code reason} and the
 * high-cardinality ones {@code listener}, {@code leader.id} and {@code fencing.token}. Not {@code election.listener},
 * which is a meter of the engine: one name cannot have two sets of tags.
 *
 * @since 0.1.0
 */
public class DefaultElectionObservationConvention implements ElectionObservationConvention {
    @Override
    public String getName() {
        return "election.event";
    }

    @Override
    public String getContextualName(ElectionObservationContext context) {
        ElectionEvent event = context.getEvent();
        return "election " + event.election() + " " + type(event);
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(ElectionObservationContext context) {
        ElectionEvent event = context.getEvent();
        return KeyValues.of("election", event.election(), "type", type(event), "reason", reason(event));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(ElectionObservationContext context) {
        LeaderChanged change = context.getEvent() instanceof LeaderChanged changed ? changed : null;
        Candidate leader = change == null ? null : change.leader();
        return KeyValues.of(
                "listener",
                name(context.getListener().getClass()),
                "leader.id",
                orNone(leader == null ? null : leader.id()),
                "fencing.token",
                orNone(change == null ? null : change.fencingToken()));
    }

    private static String type(ElectionEvent event) {
        if (event instanceof LeaderChanged change) {
            return switch (change.state()) {
                case IS_LEADER -> "granted";
                case RETIRE_FROM_LEADER -> "revoked";
                case IS_NOT_LEADER -> "observed";
            };
        }
        return "error";
    }

    private static String reason(ElectionEvent event) {
        if (event instanceof LeaderChanged change) {
            return change.reason().name().toLowerCase(Locale.ROOT);
        }
        return event instanceof ElectionError error ? error.operation() : KeyValue.NONE_VALUE;
    }

    /** That of a lambda is another each time the application runs; that of the class that has it says more. */
    private static String name(Class<?> listener) {
        String name = listener.getName();
        int generated = name.indexOf("$$");
        return generated < 0 ? name : name.substring(0, generated);
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? KeyValue.NONE_VALUE : value.toString();
    }
}
