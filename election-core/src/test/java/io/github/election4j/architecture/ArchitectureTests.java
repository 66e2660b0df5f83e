package io.github.election4j.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTests {
    private static final String ROOT = "io.github.election4j";
    private static final String MACHINE = ROOT + ".internal.machine";
    private static final String RUNTIME = ROOT + ".internal.runtime";
    private static final String SYSTEM_SOURCES = RUNTIME + ".SystemSources";
    private static final int MOST_PUBLIC_TYPES = 21;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theMachinesArePure() {
        classes()
                .that()
                .resideInAPackage(MACHINE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        ROOT,
                        ROOT + ".spi",
                        ROOT + ".internal.wire",
                        MACHINE,
                        "java.lang..",
                        "java.time",
                        "java.util",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "org.jspecify.annotations"))
                .check(CLASSES);
    }

    @Test
    void onlyTheAdapterKnowsEtcd() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".etcd")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.etcd..", "io.grpc..", "io.netty..", "io.vertx..", "com.google.protobuf..")
                .check(CLASSES);
    }

    @Test
    void onlyTheRuntimeMakesThreads() {
        DescribedPredicate<AccessTarget> threads = DescribedPredicate.describe(
                "threads, executors and timers",
                target -> (target.getName().equals("<init>")
                                && Stream.of(Thread.class, Executor.class, Timer.class)
                                        .anyMatch(target.getOwner()::isAssignableTo))
                        || target.getOwner().isEquivalentTo(Executors.class));
        noClasses()
                .that()
                .resideOutsideOfPackage(RUNTIME)
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".etcd.EtcdConnection")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".etcd.CallThreads")
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("making threads", access -> threads.test(access.getTarget())))
                .check(CLASSES);
    }

    @Test
    void timeAndRandomnessComeFromOnePlace() {
        Set<String> clocks = Set.of("nanoTime", "currentTimeMillis", "now", "systemUTC", "systemDefaultZone", "random");
        Set<String> owners = Set.of(
                "java.lang.System",
                "java.lang.Math",
                "java.time.Instant",
                "java.time.Clock",
                "java.time.LocalDateTime");
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(SYSTEM_SOURCES)
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "reading the clock",
                        access -> owners.contains(access.getTargetOwner().getName())
                                && clocks.contains(access.getTarget().getName())))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
                .check(CLASSES);
    }

    @Test
    void theApiNamesNothingInternal() {
        List<String> found = new ArrayList<>();
        for (JavaClass each : CLASSES) {
            if (each.getPackageName().equals(ROOT) && each.getModifiers().contains(JavaModifier.PUBLIC)) {
                each.getCodeUnits().stream()
                        .filter(ArchitectureTests::isApi)
                        .forEach(unit -> typesOf(unit)
                                .filter(type -> type.getPackageName().startsWith(ROOT + ".internal"))
                                .forEach(type -> found.add(unit.getFullName() + " names " + type.getName())));
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void theApiDependsOnNothingInternal() {
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".internal..").or(resideInAPackage(ROOT + ".etcd..")))
                .check(CLASSES);
    }

    @Test
    void theApiIsSmall() {
        assertThat(CLASSES.stream()
                        .filter(each -> each.getPackageName().equals(ROOT))
                        .filter(each ->
                                each.isTopLevelClass() && each.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .hasSizeLessThanOrEqualTo(MOST_PUBLIC_TYPES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(packages)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .as(name)
                        .isTrue());
    }

    @Test
    void theCoreDoesNotKnowSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CLASSES);
    }

    private static boolean isApi(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> typesOf(JavaCodeUnit unit) {
        List<JavaType> named = new ArrayList<>(unit.getParameterTypes());
        named.add(unit.getReturnType());
        return Stream.concat(
                named.stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()),
                unit.getThrowsClause().stream().map(thrown -> thrown.getRawType()));
    }
}
