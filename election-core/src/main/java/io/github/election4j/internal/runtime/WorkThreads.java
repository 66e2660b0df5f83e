package io.github.election4j.internal.runtime;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Makes threads for the work of users: virtual ones where the JVM has them (21 and later). */
final class WorkThreads {
    private static final @Nullable Method OF_VIRTUAL = method(Thread.class, "ofVirtual");

    private WorkThreads() {}

    /** A daemon that is not started. */
    static Thread create(String name, Runnable work) {
        Thread virtual = OF_VIRTUAL == null ? null : virtual(OF_VIRTUAL, name, work);
        if (virtual != null) {
            return virtual;
        }
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static @Nullable Thread virtual(Method ofVirtual, String name, Runnable work) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object named = builder.getMethod("name", String.class).invoke(ofVirtual.invoke(null), name);
            return (Thread) builder.getMethod("unstarted", Runnable.class).invoke(named, work);
        } catch (ReflectiveOperationException without) {
            return null;
        }
    }

    private static @Nullable Method method(Class<?> owner, String name) {
        try {
            return owner.getMethod(name);
        } catch (NoSuchMethodException older) {
            return null;
        }
    }
}
