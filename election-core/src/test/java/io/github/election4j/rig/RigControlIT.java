package io.github.election4j.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.planted.PlantedBug;
import io.github.election4j.testing.NeedsEtcd;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The test of the rig: that it finds overlaps where there are some. One that finds none here proves nothing there. */
@Tag("proof")
@Tag("control")
@NeedsEtcd(real = true)
@NeedsRoot
class RigControlIT {
    private static final long SEED = Long.getLong("election4j.seed", System.nanoTime());
    private static final int TRIES = 12;

    /** What it does is a matter of chance: where its threads stand at a pause, through which etcd its lease is kept. */
    @ParameterizedTest
    @EnumSource(names = {"PAUSE_LEADER", "PARTITION_LEADER", "FREEZE_DISK"})
    void findsWhatTheCommonRecipeDoes(RigFault fault) throws IOException {
        assertThat(overlaps(RigProgram.commonRecipe(), fault))
                .as("-Delection4j.seed=%d, overlaps of the common recipe", SEED)
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void findsPlantedBug(PlantedBug bug) throws IOException {
        assertThat(overlaps(RigProgram.engineWith(bug), RigFault.valueOf(bug.fault())))
                .as("-Delection4j.seed=%d, overlaps of %s", SEED, bug)
                .isNotEmpty();
    }

    static List<PlantedBug> bugs() throws IOException {
        return PlantedBug.all().stream().filter(bug -> !bug.fault().isEmpty()).toList();
    }

    private static List<Analysis.Overlap> overlaps(RigProgram program, RigFault fault) throws IOException {
        try (Rig rig = Rig.start(program)) {
            RigFaults faults = new RigFaults(rig, SEED);
            for (int i = 0; i < TRIES && rig.analysis().overlaps().isEmpty(); i++) {
                faults.strike(fault);
            }
            List<Analysis.Overlap> overlaps = rig.analysis().overlaps();
            System.out.println("MEASURED rig, " + program + ": " + faults.done() + ": " + overlaps);
            return overlaps;
        }
    }
}
