package io.github.election4j.spring.work;

import org.springframework.context.Lifecycle;

/**
 * Says which lifecycle beans a context leaves to somebody else: it neither starts nor stops them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LifecycleExclusion {
    /**
     * Tells whether the context leaves a bean alone. Asked whenever it starts or stops its beans.
     *
     * @param name the name of the bean
     * @param bean the bean
     * @return true if it does
     */
    boolean excludes(String name, Lifecycle bean);
}
