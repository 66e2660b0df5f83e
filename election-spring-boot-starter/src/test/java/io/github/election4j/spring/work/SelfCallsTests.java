package io.github.election4j.spring.work;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.LeaderOnly.OnFollower;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls of a class are taken for calls on {@code this}. */
class SelfCallsTests {
    @ParameterizedTest
    @ValueSource(
            classes = {
                SelfCallsRefused.Direct.class,
                SelfCallsRefused.InConstructor.class,
                SelfCallsRefused.InLambda.class,
                SelfCallsRefused.InLambdaOfLambda.class,
                SelfCallsRefused.Reference.class,
                SelfCallsRefused.Ternary.class,
                SelfCallsRefused.TernaryOfLongs.class,
                SelfCallsRefused.Nested.class,
                SelfCallsRefused.NestedWithin.class,
                SelfCallsRefused.Wide.class,
                SelfCallsRefused.Increments.class,
                SelfCallsRefused.InTry.class,
                SelfCallsRefused.InCatch.class,
                SelfCallsRefused.InFinally.class,
                SelfCallsRefused.InSwitch.class,
                SelfCallsRefused.SwitchAsArgument.class,
                SelfCallsRefused.InLoop.class,
                SelfCallsRefused.AfterThrow.class,
                SelfCallsRefused.ArrayAsArgument.class,
                SelfCallsRefused.Synchronized.class,
                SelfCallsRefused.Inherits.class,
                SelfCallsRefused.Overrides.class,
                SelfCallsRefused.OfGeneric.class,
                SelfCallsRefused.OfInterface.class,
                SelfCallsRefused.OtherPolicy.class,
                SelfCallsRefused.LambdaOfLeaderOnly.class
            })
    void refusesCallsOnThis(Class<?> type) {
        assertThatExceptionOfType(InvalidLeaderOnlyException.class)
                .isThrownBy(() -> check(type))
                .withMessageContaining(".ship(")
                .withMessageContaining("it is called on this in ");
    }

    @Test
    void saysWhereTheCallIs() {
        refused(SelfCallsRefused.Direct.class, "$Direct.all(int), which no proxy sees: a follower would make");
        refused(SelfCallsRefused.InConstructor.class, "the constructor of " + SelfCallsRefused.class.getName());
        refused(SelfCallsRefused.InLambda.class, "a lambda in " + SelfCallsRefused.class.getName() + "$InLambda.all,");
        refused(SelfCallsRefused.Inherits.class, "$Direct.all(int)");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Field.class,
                Parameter.class,
                Provided.class,
                Super.class,
                Unbound.class,
                OtherOverload.class,
                ThisOrOther.class,
                FromLeaderOnly.class,
                HidesPrivate.class,
                ThisAsArgument.class
            })
    void leavesOtherCalls(Class<?> type) {
        assertThatCode(() -> check(type)).doesNotThrowAnyException();
    }

    @Test
    void leavesClassesWithoutAFile() {
        Job lambda = () -> {};
        assertThatCode(() -> check(lambda.getClass())).doesNotThrowAnyException();
    }

    private static void refused(Class<?> type, String message) {
        assertThatExceptionOfType(InvalidLeaderOnlyException.class)
                .isThrownBy(() -> check(type))
                .withMessageContaining(message);
    }

    private static void check(Class<?> type) {
        SelfCalls.check(type, LeaderOnlyMethods.of(type).keySet());
    }

    interface Job {
        @LeaderOnly
        void ship();
    }

    static class Shop {
        @LeaderOnly
        int ship(Object order) {
            return 0;
        }

        int next() {
            return 0;
        }
    }

    static class Field extends Shop {
        private final Field self;

        Field(Field self) {
            this.self = self;
        }

        void all() {
            self.ship(this);
            this.self.ship(next());
            Consumer<Object> reference = self::ship;
            reference.accept("");
        }
    }

    static class Parameter extends Shop {
        void all(Parameter other, Shop[] others) {
            other.ship(this);
            others[next()].ship(next() > 0 ? this : other);
        }
    }

    static class Provided extends Shop {
        void all(Supplier<Provided> provider) {
            provider.get().ship("a");
        }
    }

    static class Super extends Shop {
        @Override
        int ship(Object order) {
            IntSupplier reference = () -> super.ship(order);
            return super.ship(order) + reference.getAsInt();
        }
    }

    static class Unbound extends Shop {
        void each(BiConsumer<Unbound, Object> job) {}

        void all() {
            each(Unbound::ship);
        }
    }

    static class OtherOverload extends Shop {
        int ship(String order, int count) {
            return count;
        }

        void all() {
            this.ship("", 1);
        }
    }

    static class ThisOrOther extends Shop {
        void all(boolean mine, Shop other) {
            (mine ? this : other).ship("a");
        }
    }

    static class FromLeaderOnly extends Shop {
        @LeaderOnly
        void all() {
            ship("a");
        }
    }

    static class OfBase {
        @SuppressWarnings("MethodCanBeStatic")
        private void ship() {}

        void all() {
            this.ship();
        }
    }

    static class HidesPrivate extends OfBase {
        @LeaderOnly(onFollower = OnFollower.REJECT)
        void ship() {}
    }

    static class ThisAsArgument extends Shop {
        static void shipOf(ThisAsArgument shop) {
            shop.ship("a");
        }

        void all() {
            shipOf(this);
        }
    }
}
