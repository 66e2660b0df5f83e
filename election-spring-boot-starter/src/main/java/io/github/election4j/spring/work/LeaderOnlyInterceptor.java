package io.github.election4j.spring.work;

import io.github.election4j.Election;
import io.github.election4j.internal.runtime.LeaderCalls;
import io.github.election4j.spring.LeaderOnly;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;

/** Lets a call through where this member leads. Any thread; its elections are looked up at the first call. */
final class LeaderOnlyInterceptor implements MethodInterceptor {
    private final Supplier<LeaderElections> elections;
    private final Map<MethodClassKey, LeaderOnlyMethod> methods = new ConcurrentHashMap<>();
    private final Map<Election, LeaderCalls> calls = new ConcurrentHashMap<>();

    LeaderOnlyInterceptor(Supplier<LeaderElections> elections) {
        this.elections = elections;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = Objects.requireNonNull(invocation.getThis(), "target");
        MethodClassKey key = new MethodClassKey(invocation.getMethod(), target.getClass());
        LeaderOnlyMethod known = methods.get(key);
        LeaderOnlyMethod method = known != null
                ? known
                : methods.computeIfAbsent(key, unknown -> method(invocation.getMethod(), target.getClass()));
        return method.call((ProxyMethodInvocation) invocation);
    }

    private LeaderOnlyMethod method(Method called, Class<?> targetClass) {
        Method method = AopUtils.getMostSpecificMethod(called, targetClass);
        LeaderOnly marked = Objects.requireNonNull(LeaderOnlyMethods.annotation(method), "annotation");
        Election election = elections.get().named(marked.value(), LeaderOnlyMethods.describe(method));
        return new LeaderOnlyMethod(
                election,
                calls.computeIfAbsent(election, each -> new LeaderCalls(each::leadership)),
                marked.onFollower(),
                marked.interruptOnLoss(),
                ReturnKind.of(method),
                method.getReturnType());
    }
}
