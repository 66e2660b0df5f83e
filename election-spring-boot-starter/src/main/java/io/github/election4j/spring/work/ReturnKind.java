package io.github.election4j.spring.work;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/** What a method gives back, as far as it matters to a follower that skips it. */
enum ReturnKind {
    /** Nothing: {@code void}, {@code Void}, or the {@code Unit} of Kotlin. */
    NOTHING,

    /** An {@code Optional} of any kind. */
    OPTIONAL,

    /** A reactive type that does nothing before it is subscribed to, and may be empty. */
    REACTIVE,

    /** A {@link CompletionStage}. */
    STAGE,

    /** Anything else. */
    VALUE;

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    /** {@return the kind of what this method gives back, by its declared type} */
    static ReturnKind of(Method method) {
        Class<?> type = method.getReturnType();
        if (type == void.class || type == Void.class || type.getName().equals("kotlin.Unit")) {
            return NOTHING;
        }
        if (OPTIONALS.contains(type)) {
            return OPTIONAL;
        }
        if (CompletionStage.class.isAssignableFrom(type)) {
            return STAGE;
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
        return adapter != null
                        && adapter.supportsEmpty()
                        && adapter.getDescriptor().isDeferred()
                ? REACTIVE
                : VALUE;
    }

    /** {@return whether a follower has something to return without calling the method} */
    boolean canBeSkipped() {
        return this == NOTHING || this == OPTIONAL || this == REACTIVE;
    }
}
