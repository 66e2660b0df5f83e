package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.Candidate;
import io.github.election4j.ChangeReason;
import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.LeaderState;
import io.github.election4j.spring.observation.DefaultElectionObservationConvention;
import io.github.election4j.spring.observation.ElectionObservationContext;
import io.github.election4j.spring.observation.ElectionObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectionObservationsTests {
    private static final Candidate ME = new Candidate("m1", "http://m1", "/e/1", 7);
    private static final LeaderChanged GRANTED =
            new LeaderChanged("reports", null, ME, LeaderState.IS_LEADER, 7L, ChangeReason.ELECTED, Instant.EPOCH);

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ElectionObservations observations = new ElectionObservations(registry, null);

    @Test
    void eachCallOfAListenerIsOneObservation() {
        observations.deliver(event -> {}, GRANTED);

        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasNumberOfObservationsEqualTo(1)
                .hasSingleObservationThat()
                .hasNameEqualTo("election.event")
                .hasContextualNameEqualTo("election reports granted")
                .hasLowCardinalityKeyValue("election", "reports")
                .hasLowCardinalityKeyValue("type", "granted")
                .hasLowCardinalityKeyValue("reason", "elected")
                .hasHighCardinalityKeyValue("fencing.token", "7")
                .hasHighCardinalityKeyValue("leader.id", "m1")
                .hasHighCardinalityKeyValue("listener", getClass().getName())
                .hasBeenStarted()
                .hasBeenStopped()
                .doesNotHaveError();
    }

    @Test
    void aFailureNamesWhatFailed() {
        observations.deliver(event -> {}, new ElectionError("reports", "watch", "no answer", Instant.EPOCH));

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasContextualNameEqualTo("election reports error")
                .hasLowCardinalityKeyValue("type", "error")
                .hasLowCardinalityKeyValue("reason", "watch")
                .hasHighCardinalityKeyValue("fencing.token", "none")
                .hasHighCardinalityKeyValue("leader.id", "none");
    }

    @Test
    void whatAListenerObservesIsAPartOfIt() {
        observations.deliver(
                event -> Observation.createNotStarted("work", registry).observe(() -> {}), GRANTED);

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("work")
                .that()
                .hasParentObservationContextMatching(context -> "election.event".equals(context.getName()));
    }

    @Test
    void aListenerThatThrowsIsAnErrorOfItAndThrowsAllTheSame() {
        IllegalStateException failure = new IllegalStateException("cannot start the work");

        assertThatThrownBy(() -> observations.deliver(
                        event -> {
                            throw failure;
                        },
                        GRANTED))
                .isSameAs(failure);

        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasSingleObservationThat()
                .hasBeenStopped()
                .hasError(failure);
    }

    /** It could keep an event from a listener, and a second bean would compete with this one. */
    @Test
    void noApplicationCanComeBetweenAnEventAndAListener() throws NoSuchMethodException {
        assertThat(Modifier.isPublic(DeliveryAdvice.class.getModifiers())).isFalse();
        assertThat(Modifier.isPublic(ManagedElection.class
                        .getDeclaredMethod("setDeliveryAdvice", DeliveryAdvice.class)
                        .getModifiers()))
                .isFalse();
    }

    @Test
    void whatTheStarterDoesItselfIsNotObserved() {
        List<ElectionEvent> heard = new ArrayList<>();
        StarterListener own = heard::add;

        observations.deliver(own, GRANTED);

        assertThat(heard).containsExactly(GRANTED);
        TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyObservation();
    }

    @Test
    void aConventionOfTheUserNamesIt() {
        ElectionObservationConvention convention = new DefaultElectionObservationConvention() {
            @Override
            public String getName() {
                return "my.election";
            }
        };

        new ElectionObservations(registry, convention).deliver(event -> {}, GRANTED);

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("my.election");
    }

    /** A hand-over waits for listeners, and a leader that was not told to stop goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"context", "start", "open", "close", "error", "stop"})
    void nothingThatAnObservationThrowsKeepsAnEventFromItsListener(String broken) {
        ObservationRegistry real = ObservationRegistry.create();
        real.observationConfig().observationHandler(new Broken(broken));
        List<ElectionEvent> heard = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("of the listener");

        assertThatThrownBy(() -> new ElectionObservations(real, null)
                        .deliver(
                                event -> {
                                    heard.add(event);
                                    throw failure;
                                },
                                GRANTED))
                .isSameAs(failure);

        assertThat(heard).containsExactly(GRANTED);
        assertThat(real.getCurrentObservationScope()).isNull();
    }

    @Test
    void neitherDoesAConventionThatThrows() {
        ElectionObservationConvention convention = new DefaultElectionObservationConvention() {
            @Override
            public String getContextualName(ElectionObservationContext context) {
                throw new IllegalStateException("of the convention");
            }
        };
        List<ElectionEvent> heard = new ArrayList<>();

        new ElectionObservations(registry, convention).deliver(heard::add, GRANTED);

        assertThat(heard).containsExactly(GRANTED);
        TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyRemainingCurrentObservation();
    }

    /** Fails at one point, with what some libraries throw where a class is missing. */
    private record Broken(String at) implements ObservationHandler<Observation.Context> {
        @Override
        public boolean supportsContext(Observation.Context context) {
            fail("context");
            return true;
        }

        @Override
        public void onStart(Observation.Context context) {
            fail("start");
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            fail("open");
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            fail("close");
        }

        @Override
        public void onError(Observation.Context context) {
            fail("error");
        }

        @Override
        public void onStop(Observation.Context context) {
            fail("stop");
        }

        private void fail(String point) {
            if (at.equals(point)) {
                throw new NoClassDefFoundError(point);
            }
        }
    }
}
