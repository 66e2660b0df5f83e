package io.github.election4j.spring.work;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.LeaderOnly.OnFollower;
import io.github.election4j.spring.autoconfigure.work.OfAnotherPackage;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MethodRulesTests {
    @Test
    void refuseWhatTheSubclassDoesNotSee() {
        refuse(
                OfThisPackage.class,
                "it is package-private, and not of the package of " + OfThisPackage.class.getName());
        assertThatCode(() -> check(OfAnotherPackage.class)).doesNotThrowAnyException();
    }

    @Test
    void refuseSealedClasses() {
        refuse(Sealed.class, "$Sealed is sealed, and no proxy can extend it");
    }

    @Test
    void refuseFinalClassesThoughTheyReject() {
        refuse(FinalRejects.class, "$FinalRejects is final");
    }

    @Test
    void refuseStagesThatAFollowerWouldHaveToMakeUp() {
        refuse(Stage.class, "it returns java.util.concurrent.CompletableFuture, which a follower cannot skip");
    }

    @Test
    void leaveProxiesOfInterfaces() {
        Object proxy = Proxy.newProxyInstance(
                Job.class.getClassLoader(), new Class<?>[] {Job.class}, (self, method, arguments) -> self);
        assertThatCode(() -> check(proxy.getClass())).doesNotThrowAnyException();
    }

    private static void refuse(Class<?> type, String message) {
        assertThatExceptionOfType(InvalidLeaderOnlyException.class)
                .isThrownBy(() -> check(type))
                .withMessageContaining(message);
    }

    private static void check(Class<?> type) {
        LeaderOnlyMethods.of(type).forEach((method, leaderOnly) -> MethodRules.check(type, method, leaderOnly));
    }

    static class OfThisPackage extends OfAnotherPackage {}

    static sealed class Sealed {
        @LeaderOnly
        void ship() {}
    }

    static final class OnlyOne extends Sealed {}

    static final class FinalRejects {
        @LeaderOnly(onFollower = OnFollower.REJECT)
        int ship() {
            return 0;
        }
    }

    static class Stage {
        @LeaderOnly
        CompletableFuture<String> ship() {
            return new CompletableFuture<>();
        }
    }

    interface Job {
        @LeaderOnly
        void run();
    }
}
