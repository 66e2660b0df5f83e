package io.github.election4j.embedded;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedArchitectureTests {
    private static final String ROOT = "io.github.election4j.embedded";
    private static final String MODEL = ROOT + ".internal.model";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theModelIsPure() {
        classes()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                MODEL,
                                "java.lang..",
                                "java.time",
                                "java.util",
                                "java.util.function",
                                "java.util.stream",
                                "com.google.protobuf",
                                "io.etcd.jetcd.api",
                                "org.jspecify.annotations")
                        .or(belongToAnyOf(Status.class, StatusRuntimeException.class, TimeUnit.class)))
                .check(CLASSES);
    }

    @Test
    void nobodyReadsAClockButOne() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".internal.server.SystemClock")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void theServerDoesNotKnowSpringNorTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT, ROOT + ".internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.github.election4j", "io.github.election4j.spring..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        // The public face starts the server and the server speaks of the face's types: they are one slice.
        slices().matching(ROOT + ".(junit|spring|testing|autoconfigure)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
