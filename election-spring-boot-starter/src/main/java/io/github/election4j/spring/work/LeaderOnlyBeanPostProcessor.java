package io.github.election4j.spring.work;

import io.github.election4j.spring.LeaderOnly;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcher;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.core.Ordered;

/**
 * Puts {@link LeaderOnly} around the methods of beans that are marked so. It comes before whatever else is around a
 * method, so that a transaction has ended when a call has; {@code @Async} alone comes before it, so that the decision
 * is made when the method is run.
 *
 * @since 0.1.0
 */
public final class LeaderOnlyBeanPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {
    private static final long serialVersionUID = 1L;

    /**
     * Finds elections when a method is called for the first time.
     *
     * @param elections where the elections are looked up
     */
    public LeaderOnlyBeanPostProcessor(Supplier<LeaderElections> elections) {
        setBeforeExistingAdvisors(true);
        setProxyTargetClass(true); // A method need not be one of an interface.
        setOrder(Ordered.LOWEST_PRECEDENCE - 1); // Those of @Async and @Scheduled come last and have to see the proxy.
        ClassFilter mayBeMarked = new AnnotationMatchingPointcut(null, LeaderOnly.class, true).getClassFilter();
        this.advisor = new DefaultPointcutAdvisor(
                new ComposablePointcut(mayBeMarked, new IsMarked()), new LeaderOnlyInterceptor(elections));
    }

    /** What no proxy can be made of is told in our own words. */
    @Override
    protected ProxyFactory prepareProxyFactory(Object bean, String beanName) {
        LeaderOnlyMethods.of(bean.getClass())
                .forEach((method, marked) -> MethodRules.check(bean.getClass(), method, marked));
        return super.prepareProxyFactory(bean, beanName);
    }

    private static final class IsMarked extends StaticMethodMatcher {
        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return LeaderOnlyMethods.annotation(AopUtils.getMostSpecificMethod(method, targetClass)) != null;
        }
    }
}
