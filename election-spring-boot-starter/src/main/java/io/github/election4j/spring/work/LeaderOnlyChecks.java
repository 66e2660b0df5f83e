package io.github.election4j.spring.work;

import io.github.election4j.spring.LeaderOnly;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Refuses methods with {@link LeaderOnly} that could not work, of every bean, before any of them is called: those of
 * lazy beans and of prototypes too, none of which it makes. On the thread that starts the context.
 *
 * @since 0.1.0
 */
public final class LeaderOnlyChecks implements SmartInitializingSingleton {
    private static final Log LOG = LogFactory.getLog(LeaderOnlyChecks.class);

    private final ConfigurableListableBeanFactory beans;
    private final LeaderElections elections;

    /**
     * Checks the beans of one context.
     *
     * @param beans of the context
     * @param elections that methods may name; asked only if there are such methods
     */
    public LeaderOnlyChecks(ConfigurableListableBeanFactory beans, LeaderElections elections) {
        this.beans = beans;
        this.elections = elections;
    }

    /**
     * Checks.
     *
     * @throws InvalidLeaderOnlyException of the first method that could not work
     */
    @Override
    public void afterSingletonsInstantiated() {
        Set<Class<?>> seen = new HashSet<>();
        Set<String> named = new HashSet<>();
        for (String name : beans.getBeanNamesForType(Object.class)) {
            Class<?> type = typeOf(name);
            if (type != null && seen.add(type)) {
                check(type, named);
            }
        }
    }

    private void check(Class<?> type, Set<String> named) {
        Map<Method, LeaderOnly> methods = methodsOf(type);
        methods.forEach((method, leaderOnly) -> {
            MethodRules.check(type, method, leaderOnly);
            if (named.add(leaderOnly.value())) {
                elections.named(leaderOnly.value(), LeaderOnlyMethods.describe(method));
            }
        });
        if (!methods.isEmpty()) {
            SelfCalls.check(type, methods.keySet());
        }
    }

    /** The class that the user wrote, even of a proxy; null if it cannot be told. */
    private @Nullable Class<?> typeOf(String name) {
        try {
            Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
            return type == null ? null : ClassUtils.getUserClass(type);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The class of the bean '" + name + "' is not known: its methods are not checked", e);
            return null;
        }
    }

    private static Map<Method, LeaderOnly> methodsOf(Class<?> type) {
        if (type.getName().startsWith("org.springframework.")
                || !AnnotationUtils.isCandidateClass(type, LeaderOnly.class)) {
            return Map.of();
        }
        try {
            return LeaderOnlyMethods.of(type);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The methods of " + type.getName() + " cannot be read: they are not checked", e);
            return Map.of();
        }
    }
}
