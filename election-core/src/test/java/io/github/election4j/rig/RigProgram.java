package io.github.election4j.rig;

import io.github.election4j.planted.PlantedBug;
import io.github.election4j.planted.PlantedClasses;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the members of a rig run.
 *
 * @param kind of {@link RigMain}
 * @param lease of each member
 * @param bug that is planted in it
 */
record RigProgram(String kind, Duration lease, Optional<PlantedBug> bug) {
    private static final Duration LEASE = Duration.ofSeconds(4);

    static RigProgram engine() {
        return new RigProgram(RigMain.ENGINE, LEASE, Optional.empty());
    }

    static RigProgram engineWith(PlantedBug bug) {
        return new RigProgram(RigMain.ENGINE, LEASE, Optional.of(bug));
    }

    /** The control. */
    static RigProgram commonRecipe() {
        return new RigProgram("common-recipe", LEASE, Optional.empty());
    }

    /** The tokens expire, and the common recipe would not notice anything else. */
    boolean authenticates() {
        return kind.equals(RigMain.ENGINE);
    }

    /** What is planted comes first. */
    String classPath(Path folder) throws IOException {
        String sound = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        if (bug.isEmpty()) {
            return sound;
        }
        Path planted = folder.resolve("planted");
        PlantedClasses.write(bug.orElseThrow(), planted);
        return planted + File.pathSeparator + sound;
    }

    @Override
    public String toString() {
        return bug.map(PlantedBug::name).orElse(kind);
    }
}
