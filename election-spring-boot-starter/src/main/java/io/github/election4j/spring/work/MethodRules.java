package io.github.election4j.spring.work;

import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.LeaderOnly.OnFollower;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/** What a method that only the leader may call must be like, by itself. */
final class MethodRules {
    /** By name: the library may be absent. It is on the annotations for Kafka, RabbitMQ, JMS, Pulsar and others. */
    private static final String MESSAGE_MAPPING = "org.springframework.messaging.handler.annotation.MessageMapping";

    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private MethodRules() {}

    /**
     * Checks a method.
     *
     * @throws InvalidLeaderOnlyException if it could not work
     */
    static void check(Class<?> type, Method method, LeaderOnly leaderOnly) {
        checkProxy(type, method);
        if (isSuspending(method)) {
            throw invalid(
                    method,
                    "it is a suspend function, which returns before it is done",
                    "Let it return a Mono or a Flux, or ask Election.isLeader() in it.");
        }
        if (leaderOnly.onFollower() == OnFollower.SKIP) {
            checkSkip(method);
        }
    }

    private static void checkProxy(Class<?> type, Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers)) {
            throw invalid(method, "it is static, and no proxy sees a call of it", "Make it an instance method.");
        }
        if (Modifier.isPrivate(modifiers)) {
            throw invalid(method, "it is private, and no proxy can override it", "Make it public.");
        }
        if (Modifier.isFinal(modifiers)) {
            throw invalid(method, "it is final, and no proxy can override it", "Leave out final; in Kotlin, say open.");
        }
        if (isHidden(type, method)) {
            throw invalid(
                    method,
                    "it is package-private, and not of the package of " + type.getName() + ", whose proxy cannot"
                            + " override it",
                    "Make it protected or public.");
        }
        if (!canBeExtended(type)) {
            throw invalid(
                    method,
                    type.getName() + " is " + (type.isSealed() ? "sealed" : "final") + ", and no proxy can extend it",
                    "Make it a class that can be extended: neither final, nor sealed, nor a record; in Kotlin, open.");
        }
    }

    private static boolean isHidden(Class<?> type, Method method) {
        Class<?> declaring = method.getDeclaringClass();
        return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0
                && !(declaring.getPackageName().equals(type.getPackageName())
                        && declaring.getClassLoader() == type.getClassLoader());
    }

    /** A lambda and a JDK proxy are final as well, and their proxies implement what they implement. */
    private static boolean canBeExtended(Class<?> type) {
        return (!Modifier.isFinal(type.getModifiers()) && !type.isSealed())
                || type.isInterface()
                || ClassUtils.isLambdaClass(type)
                || Proxy.isProxyClass(type);
    }

    private static boolean isSuspending(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 0
                && parameters[parameters.length - 1].getName().equals(CONTINUATION);
    }

    private static void checkSkip(Method method) {
        if (MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(MESSAGE_MAPPING)) {
            throw invalid(
                    method,
                    "it handles messages, and a follower would acknowledge one that it has skipped",
                    "Put @LeaderOnly on a SmartLifecycle bean that runs the listener container, or say"
                            + " onFollower = REJECT.");
        }
        if (!ReturnKind.of(method).canBeSkipped()) {
            throw invalid(
                    method,
                    "it returns " + method.getReturnType().getTypeName() + ", which a follower cannot skip",
                    "Let it return void, Optional, Mono or Flux, or say onFollower = REJECT.");
        }
    }

    private static InvalidLeaderOnlyException invalid(Method method, String found, String action) {
        return new InvalidLeaderOnlyException(LeaderOnlyMethods.describe(method), found, action);
    }
}
