package io.github.election4j.spring.work;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.Lifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Starts and stops the lifecycle beans of a context, except for those that are the leader's: these start with the term.
 * Neither a refresh, nor an explicit start or restart of the context, nor a bean that depends on one starts them.
 *
 * <p>An application that needs a {@code lifecycleProcessor} bean of its own makes it of this type, or extends it.
 *
 * @since 0.1.0
 */
public class LeaderAwareLifecycleProcessor extends DefaultLifecycleProcessor {
    private @Nullable ListableBeanFactory beans;

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        super.setBeanFactory(beanFactory);
        beans = (ListableBeanFactory) beanFactory;
    }

    @Override
    protected Map<String, Lifecycle> getLifecycleBeans() {
        Map<String, Lifecycle> found = super.getLifecycleBeans();
        Collection<LifecycleExclusion> exclusions = Objects.requireNonNull(beans)
                .getBeansOfType(LifecycleExclusion.class, false, true)
                .values();
        found.entrySet()
                .removeIf(bean -> exclusions.stream().anyMatch(each -> each.excludes(bean.getKey(), bean.getValue())));
        return found;
    }
}
