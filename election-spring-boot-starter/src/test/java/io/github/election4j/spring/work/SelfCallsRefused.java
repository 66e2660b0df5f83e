package io.github.election4j.spring.work;

import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.LeaderOnly.OnFollower;
import java.util.List;
import java.util.function.Supplier;

/** Classes that call on {@code this} what only the leader may call, each in another way. */
final class SelfCallsRefused {
    private SelfCallsRefused() {}

    static class Shop {
        long count;

        @LeaderOnly
        int ship(Object... orders) {
            return 0;
        }

        int next(int from) {
            return from;
        }
    }

    static class Direct extends Shop {
        void all(int count) {
            ship(count);
        }
    }

    static class InConstructor extends Shop {
        InConstructor() {
            ship();
        }
    }

    static class InLambda extends Shop {
        void all(List<String> orders) {
            orders.forEach(order -> ship(order));
        }
    }

    static class InLambdaOfLambda extends Shop {
        Supplier<Runnable> all() {
            return () -> () -> ship("a");
        }
    }

    static class Reference extends Shop {
        void all(List<Object[]> orders) {
            orders.forEach(this::ship);
        }
    }

    static class Ternary extends Shop {
        void all(boolean a, boolean b) {
            next(ship(a ? "a" : b ? "b" : "c"));
        }
    }

    static class TernaryOfLongs {
        @LeaderOnly
        void ship(long id, double price, String name) {}

        void all(boolean a) {
            this.ship(a ? 1L : 2L, a && hashCode() > 3 ? 1.0 : 2.0, a ? "a" : "b");
        }
    }

    static class Nested extends Shop {
        void all() {
            this.ship(this.next(this.next(3)), next(4));
        }
    }

    static class NestedWithin extends Shop {
        void all() {
            this.next(this.next(this.ship()));
        }
    }

    static class Wide {
        @LeaderOnly
        void ship(long id, double price, Object order) {}

        void all(long id, double price, Object[] orders) {
            this.ship(((id * 3) - (long) price) << 2, -price / id, orders[(int) (id % 2)] instanceof String s ? s : "");
        }
    }

    static class Increments extends Shop {
        private final long[] counts = new long[1];
        private int number;

        @SuppressWarnings("AssignmentExpression")
        void all() {
            this.ship(count++, ++number, counts[0]++, counts[0] += 2, number = 3, count <<= 1);
        }
    }

    static class InTry extends Shop {
        void all() throws Exception {
            try (AutoCloseable closed = () -> {}) {
                ship(closed);
            }
        }
    }

    static class InCatch extends Shop {
        void all() {
            try {
                next(1);
            } catch (IllegalStateException | IllegalArgumentException e) {
                ship(e);
            }
        }
    }

    static class InFinally extends Shop {
        int all() {
            try {
                return next(1);
            } finally {
                ship();
            }
        }
    }

    static class InSwitch extends Shop {
        void all(String kind) {
            switch (kind) {
                case "a" -> next(1);
                case "b" -> ship("b");
                default -> throw new IllegalArgumentException(kind);
            }
        }
    }

    static class SwitchAsArgument extends Shop {
        void all(int kind) {
            ship(
                    "a",
                    switch (kind) {
                        case 1 -> "b";
                        case 2 -> throw new IllegalArgumentException("c");
                        default -> {
                            for (int i = 0; i < kind; i++) {
                                next(i);
                            }
                            yield "d";
                        }
                    });
        }
    }

    static class InLoop extends Shop {
        void all(List<String> orders) {
            for (String order : orders) {
                if (order.isEmpty()) {
                    continue;
                }
                while (ship(order) > 0) {
                    next(1);
                }
            }
        }
    }

    static class AfterThrow extends Shop {
        void all(int kind) {
            if (kind > 3) {
                throw new IllegalArgumentException("" + kind);
            }
            ship("n" + kind + next(kind));
        }
    }

    static class ArrayAsArgument extends Shop {
        void all() {
            ship(new int[][] {{1, 2}, {next(3)}}, new String[2][3], int.class);
        }
    }

    static class Synchronized extends Shop {
        void all() {
            synchronized (this) {
                ship();
            }
        }
    }

    static class Inherits extends Direct {}

    static class Overrides extends Shop {
        void all() {
            ship();
        }

        @Override
        int ship(Object... orders) {
            return super.ship(orders);
        }
    }

    abstract static class Generic<T> {
        abstract void ship(T order);

        void all(T order) {
            ship(order);
        }
    }

    static class OfGeneric extends Generic<String> {
        @Override
        @LeaderOnly
        void ship(String order) {}
    }

    @FunctionalInterface
    interface Job {
        @LeaderOnly
        void ship();

        default void all() {
            ship();
        }
    }

    static class OfInterface implements Job {
        @Override
        public void ship() {}
    }

    static class OtherPolicy extends Shop {
        @LeaderOnly(onFollower = OnFollower.REJECT)
        void all() {
            ship();
        }
    }

    static class LambdaOfLeaderOnly extends Shop {
        @LeaderOnly(onFollower = OnFollower.REJECT)
        Runnable all() {
            return () -> ship();
        }
    }
}
