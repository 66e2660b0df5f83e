package io.github.election4j.spring.work;

import io.github.election4j.spring.LeaderOnly;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/** The methods of a class that only the leader may call. {@code @Bean} methods are not: what they make is meant. */
final class LeaderOnlyMethods {
    private LeaderOnlyMethods() {}

    /** {@return the methods of this class, its super classes and its interfaces, by what is said of them} */
    static Map<Method, LeaderOnly> of(Class<?> type) {
        return MethodIntrospector.selectMethods(
                type, (MethodIntrospector.MetadataLookup<LeaderOnly>) LeaderOnlyMethods::annotation);
    }

    /** {@return what is said of this method, or of one that it overrides; null if nothing} */
    static @Nullable LeaderOnly annotation(Method method) {
        LeaderOnly found = AnnotatedElementUtils.findMergedAnnotation(method, LeaderOnly.class);
        return found == null || AnnotatedElementUtils.hasAnnotation(method, Bean.class) ? null : found;
    }

    /** {@return how a method is called in messages, as {@code com.acme.Orders.ship(String)}} */
    static String describe(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(ClassUtils::getShortName)
                .collect(Collectors.joining(
                        ", ", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
    }
}
