package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.internal.wire.CandidateState;
import io.github.election4j.internal.wire.CandidateValue;
import io.github.election4j.spi.KeyValue;
import io.github.election4j.spi.Txn;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** P10, on the store: the other transactions are tested by what the machines do with them. */
class TransactionsTests {
    private static final String KEY = "/e/7";

    private final ModelStore store = new ModelStore(() -> {});

    @Test
    void clearReleasesALeaderAndDeletesIt() {
        KeyValue leader = put("leading");
        List<Txn> steps = Transactions.clear(leader);

        assertThat(steps).hasSize(2);
        assertThat(store.commit(steps.get(0)).succeeded()).isTrue();
        CandidateValue released =
                CandidateValue.parse(Objects.requireNonNull(store.get(KEY)).value());
        assertThat(released.state()).isEqualTo(CandidateState.RELEASED);
        assertThat(store.commit(steps.get(1)).succeeded()).isTrue();
        assertThat(store.get(KEY)).isNull();
    }

    /** Nobody but itself knows whether every leader before it has stopped. */
    @Test
    void clearJustDeletesWhoDidNotSayThatItLeads() {
        for (String state : List.of("waiting", "unstated", "released")) {
            List<Txn> steps = Transactions.clear(put(state));

            assertThat(steps).singleElement().matches(step -> step.then().get(0) instanceof Txn.Delete);
            assertThat(store.commit(steps.get(0)).succeeded()).isTrue();
            assertThat(store.get(KEY)).isNull();
        }
    }

    @Test
    void clearTouchesNothingThatCameAfterIt() {
        List<Txn> steps = Transactions.clear(put("leading"));
        store.delete(KEY);
        KeyValue next = put("leading");

        for (Txn step : steps) {
            assertThat(store.commit(step).succeeded()).isFalse();
        }

        assertThat(store.get(KEY)).isEqualTo(next);
    }

    private KeyValue put(String state) {
        store.put(KEY, Scenario.value("dead", 8_000, state));
        return Objects.requireNonNull(store.get(KEY));
    }
}
