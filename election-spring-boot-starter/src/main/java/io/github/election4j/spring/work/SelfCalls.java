package io.github.election4j.spring.work;

import io.github.election4j.spring.LeaderOnly;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.Type;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.util.ClassUtils;

/** Refuses calls of methods that only the leader may call, where no proxy sees them: those on {@code this}. */
final class SelfCalls {
    private static final Log LOG = LogFactory.getLog(SelfCalls.class);
    /** What javac calls the body of a lambda. */
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

    private SelfCalls() {}

    /**
     * Checks a class, its super classes and its interfaces. What cannot be read is taken to have no such calls.
     *
     * @throws InvalidLeaderOnlyException of the first such call
     */
    static void check(Class<?> type, Set<Method> leaderOnly) {
        Set<String> names = leaderOnly.stream().map(Method::getName).collect(Collectors.toSet());
        for (Class<?> each : hierarchy(type)) {
            for (SelfCall call : scan(each)) {
                if (names.contains(call.called().name())) {
                    check(type, each, call);
                }
            }
        }
    }

    private static void check(Class<?> type, Class<?> caller, SelfCall call) {
        Method called = target(type, caller, call.called());
        LeaderOnly of = called == null ? null : LeaderOnlyMethods.annotation(called);
        if (called == null || of == null || of.equals(annotation(caller, call.in()))) {
            return;
        }
        throw new InvalidLeaderOnlyException(
                LeaderOnlyMethods.describe(called),
                "it is called on this in " + describe(caller, call.in())
                        + ", which no proxy sees: a follower would make the call too",
                "Call it on another bean, or inject this bean into itself (@Lazy) and call it on that.");
    }

    /** {@return what is said of the method that makes a call: it is guarded itself, and the call is made within} */
    private static @Nullable LeaderOnly annotation(Class<?> caller, SelfCall.Signature signature) {
        Method found = declared(caller, signature);
        return found == null ? null : LeaderOnlyMethods.annotation(found);
    }

    /** {@return the method of the bean that is called; null if it is not found} */
    private static @Nullable Method target(Class<?> type, Class<?> caller, SelfCall.Signature called) {
        for (Class<?> each : hierarchy(caller)) {
            Method found = declared(each, called);
            if (found != null) {
                return BridgeMethodResolver.getMostSpecificMethod(found, type);
            }
        }
        return null;
    }

    private static @Nullable Method declared(Class<?> type, SelfCall.Signature signature) {
        for (Method each : type.getDeclaredMethods()) {
            if (each.getName().equals(signature.name())
                    && Type.getMethodDescriptor(each).equals(signature.descriptor())) {
                return each;
            }
        }
        return null;
    }

    private static List<Class<?>> hierarchy(Class<?> type) {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            all.add(each);
        }
        all.addAll(Arrays.asList(ClassUtils.getAllInterfacesForClass(type)));
        return all;
    }

    private static List<SelfCall> scan(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader == null || type.getName().startsWith("org.springframework.")) {
            return List.of();
        }
        try (InputStream content =
                loader.getResourceAsStream(ClassUtils.convertClassNameToResourcePath(type.getName()) + ".class")) {
            return content == null ? List.of() : SelfCallScanner.scan(content.readAllBytes());
        } catch (IOException | RuntimeException e) {
            LOG.debug(type.getName() + " cannot be read: calls on this are not looked for", e);
            return List.of();
        }
    }

    private static String describe(Class<?> caller, SelfCall.Signature signature) {
        Matcher lambda = LAMBDA.matcher(signature.name());
        if (lambda.matches()) {
            return "a lambda in " + caller.getName() + "." + lambda.group(1);
        }
        Method method = declared(caller, signature);
        return method == null ? "the constructor of " + caller.getName() : LeaderOnlyMethods.describe(method);
    }
}
