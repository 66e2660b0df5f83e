package io.github.election4j.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spi.StoreException.Kind;
import io.github.election4j.spi.Txn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** H7: what becomes of a beat that etcd refuses. */
class RefusedBeatTests extends SessionBeats {
    @Test
    void areSplitIfTheyAreRefusedUntilTheCulpritIsAlone() {
        active(machine);
        for (int i = 1; i <= 8; i++) {
            step(new SessionInput.Cover("e" + i, 0, "/e" + i + "/7", i));
        }
        List<Integer> sizes = new ArrayList<>();
        List<SessionEffect> told = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            SessionEffect.Beat beat = beat();
            sizes.add(beat.txn().compares().size());
            boolean culprit = beat.txn().compares().contains(Txn.Compare.created("/e3/7", 3));
            told.addAll(
                    culprit ? step(new SessionInput.BeatFailed(0, beat.number(), failure(Kind.DENIED))) : commit(beat));
        }

        assertThat(sizes).as("halves, and again").containsExactly(8, 4, 2, 2, 1, 1, 4);
        assertThat(told)
                .filteredOn(SessionEffect.TellElection.class::isInstance)
                .extracting(each -> ((SessionEffect.TellElection) each).election())
                .containsExactlyInAnyOrder("e1", "e2", "e4", "e5", "e6", "e7", "e8");
    }

    /** Those that entered in one transaction have the same create revision. */
    @Test
    void proveInEachTickWhoeverIsNotRefused() {
        active(machine);
        List.of("a", "b", "c").forEach(each -> step(new SessionInput.Cover(each, 0, "/" + each, 2)));
        step(new SessionInput.Cover("z", 0, "/z", 17));
        List<String> proven = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            SessionEffect.Beat beat = beat();
            String keys = beat.txn().compares().toString();
            if (keys.contains("/b,") || keys.contains("/z,")) {
                tried.add(keys.replaceAll("[^bz]", ""));
                step(new SessionInput.BeatFailed(0, beat.number(), failure(Kind.DENIED)));
            } else {
                proven.add(keys);
                commit(beat);
            }
        }

        assertThat(proven).filteredOn(each -> each.contains("/a,")).hasSizeGreaterThan(10);
        assertThat(proven).filteredOn(each -> each.contains("/c,")).hasSizeGreaterThan(10);
        assertThat(tried.subList(20, tried.size())).contains("b", "z");
    }
}
