package io.github.election4j.spring.autoconfigure;

import io.github.election4j.Elections;
import io.github.election4j.spring.ManagedElection;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers one {@link ManagedElection} for each name in {@code election.instances}, or one named {@code default}. Each
 * is qualified by its name; {@code default}, or else the first, is primary.
 */
class ElectionBeansRegistrar implements ImportBeanDefinitionRegistrar {
    private final BeanFactory beanFactory;
    private final Environment environment;

    ElectionBeansRegistrar(BeanFactory beanFactory, Environment environment) {
        this.beanFactory = beanFactory;
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        List<String> names = names();
        String primary =
                names.contains(ElectionConfigFactory.DEFAULT_NAME) ? ElectionConfigFactory.DEFAULT_NAME : names.get(0);
        names.forEach(name -> registry.registerBeanDefinition(beanName(name), definition(name, name.equals(primary))));
    }

    private List<String> names() {
        ElectionProperties properties = Binder.get(environment)
                .bind("election", Bindable.of(ElectionProperties.class))
                .orElseGet(ElectionProperties::new);
        List<String> names = new ArrayList<>(properties.getInstances().keySet());
        return names.isEmpty() ? List.of(ElectionConfigFactory.DEFAULT_NAME) : names;
    }

    private RootBeanDefinition definition(String name, boolean primary) {
        RootBeanDefinition definition = new RootBeanDefinition(ManagedElection.class, () -> create(name));
        definition.setPrimary(primary);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        definition.setDestroyMethodName("close");
        return definition;
    }

    private ManagedElection create(String name) {
        ElectionConfigFactory factory = beanFactory.getBean(ElectionConfigFactory.class);
        Elections elections = beanFactory.getBean(Elections.class);
        return new ManagedElection(name, () -> elections, () -> factory.create(name), factory.autoStartup(name));
    }

    private static String beanName(String name) {
        return ElectionConfigFactory.DEFAULT_NAME.equals(name) ? "election" : name + "Election";
    }
}
