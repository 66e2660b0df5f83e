package io.github.election4j.spring.work;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.springframework.core.ReactiveAdapterRegistry;

enum ReturnKind {
    NOTHING,
    OPTIONAL,
    REACTIVE,
    STAGE,
    VALUE;

    static ReturnKind of(Method method) {
        Class<?> type = method.getReturnType();
        if (type == void.class || type == Void.class) {
            return NOTHING;
        }
        if (type == Optional.class) {
            return OPTIONAL;
        }
        if (CompletionStage.class.isAssignableFrom(type)) {
            return STAGE;
        }
        if (ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null) {
            return REACTIVE;
        }
        return VALUE;
    }
}
