package io.github.election4j.spring.work;

import io.github.election4j.Election;
import io.github.election4j.spring.LeaderOnly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Finds the beans of a context that are for the leader only: by their class, or by the method that makes them. */
final class LeaderOnlyBeans {
    private static final String ONLY_LIFECYCLES =
            "It is for beans that implement SmartLifecycle; of others, put it on the" + " methods.";

    private final ConfigurableListableBeanFactory beans;
    private final LeaderElections elections;

    LeaderOnlyBeans(ConfigurableListableBeanFactory beans, LeaderElections elections) {
        this.beans = beans;
        this.elections = elections;
    }

    boolean contains(String name) {
        return annotation(name) != null;
    }

    /**
     * Looks whether each can work, and creates none.
     *
     * @return their names
     * @throws InvalidLeaderOnlyException if one cannot
     */
    List<String> check() {
        List<String> found = names().filter(this::contains).toList();
        found.forEach(this::election);
        return found;
    }

    /** {@return the groups of the elections; creates the beans that are lazy} */
    List<LeaderOnlyGroup> groups() {
        Map<Election, Map<String, LeaderOnlyBean>> found = new LinkedHashMap<>();
        names().filter(this::contains)
                .forEach(name -> found.computeIfAbsent(election(name), election -> new LinkedHashMap<>())
                        .put(name, new LeaderOnlyBean(name, beans.getBean(lifecycleName(name), SmartLifecycle.class))));
        return found.entrySet().stream()
                .map(each -> new LeaderOnlyGroup(each.getKey(), inOrder(each.getValue())))
                .toList();
    }

    private Stream<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of(beans.getBeanDefinitionNames()));
        names.removeIf(name -> beans.getMergedBeanDefinition(name).isAbstract());
        names.addAll(List.of(beans.getSingletonNames()));
        return names.stream();
    }

    /** What its class says counts also where it is hidden behind a proxy of its interfaces. */
    private @Nullable LeaderOnly annotation(String name) {
        LeaderOnly found = beans.findAnnotationOnBean(name, LeaderOnly.class, false);
        if (found != null || !beans.containsSingleton(name)) {
            return found;
        }
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
        return type == null ? null : AnnotatedElementUtils.findMergedAnnotation(type, LeaderOnly.class);
    }

    private Election election(String name) {
        String where = "bean '" + name + "'";
        LeaderOnly annotation = annotation(name);
        if (annotation == null) {
            throw new IllegalStateException(where);
        }
        if (!isLifecycle(name) && !isLifecycle(BeanFactory.FACTORY_BEAN_PREFIX + name)) {
            throw new InvalidLeaderOnlyException(where, "it is no SmartLifecycle", ONLY_LIFECYCLES);
        }
        if (!beans.isSingleton(name)) {
            throw new InvalidLeaderOnlyException(
                    where, "there may be any number of it", "Let the bean be a singleton.");
        }
        if (annotation.onFollower() != LeaderOnly.OnFollower.SKIP || annotation.interruptOnLoss()) {
            throw new InvalidLeaderOnlyException(
                    where,
                    "onFollower and interruptOnLoss say something of the calls of a method",
                    "Leave them out: the bean is started and stopped.");
        }
        return elections.named(annotation.value(), where);
    }

    private boolean isLifecycle(String name) {
        return beans.containsBean(name) && beans.isTypeMatch(name, SmartLifecycle.class);
    }

    private String lifecycleName(String name) {
        return isLifecycle(name) ? name : BeanFactory.FACTORY_BEAN_PREFIX + name;
    }

    /** By phase, as a context does it: what a bean depends on starts before it, and stops after it, in any phase. */
    private List<List<LeaderOnlyBean>> inOrder(Map<String, LeaderOnlyBean> found) {
        List<LeaderOnlyBean> ordered = new ArrayList<>();
        found.values().stream()
                .sorted(Comparator.comparingInt(LeaderOnlyBean::phase))
                .forEach(bean -> add(bean, found, ordered));
        List<List<LeaderOnlyBean>> phases = new ArrayList<>();
        for (LeaderOnlyBean bean : ordered) {
            List<LeaderOnlyBean> last = phases.isEmpty() ? List.of() : phases.get(phases.size() - 1);
            Set<String> needed = needed(bean.name(), new LinkedHashSet<>());
            Predicate<LeaderOnlyBean> apart = other -> other.phase() != bean.phase() || needed.contains(other.name());
            if (last.isEmpty() || last.stream().anyMatch(apart)) {
                phases.add(new ArrayList<>(List.of(bean)));
            } else {
                last.add(bean);
            }
        }
        return phases;
    }

    private void add(LeaderOnlyBean bean, Map<String, LeaderOnlyBean> found, List<LeaderOnlyBean> ordered) {
        if (!ordered.contains(bean)) {
            Set<String> needed = needed(bean.name(), new LinkedHashSet<>());
            found.values().stream()
                    .filter(other -> needed.contains(other.name()) && !other.equals(bean))
                    .sorted(Comparator.comparingInt(LeaderOnlyBean::phase))
                    .forEach(other -> add(other, found, ordered));
            ordered.add(bean);
        }
    }

    /** {@return the names of all that a bean depends on, by way of others too} */
    private Set<String> needed(String name, Set<String> known) {
        for (String each : beans.getDependenciesForBean(name)) {
            if (known.add(each)) {
                needed(each, known);
            }
        }
        return known;
    }
}
