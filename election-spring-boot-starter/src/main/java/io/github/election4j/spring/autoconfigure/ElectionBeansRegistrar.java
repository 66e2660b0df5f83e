package io.github.election4j.spring.autoconfigure;

import io.github.election4j.spring.ManagedElection;
import java.util.ArrayList;
import java.util.List;
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
 * Registers one election for each name in {@code election.instances}, or one named {@code default}. Each is qualified
 * by its name; {@code default}, or a sole one, is primary. The beans' own names are such as nobody gives to a bean of
 * his.
 *
 * <p>Definitions with a factory method, which ahead-of-time processing can write down; it could not write a lambda.
 */
class ElectionBeansRegistrar implements ImportBeanDefinitionRegistrar {
    private final Environment environment;

    ElectionBeansRegistrar(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        List<String> names = names();
        names.forEach(name -> registry.registerBeanDefinition(
                ElectionAutoConfiguration.PREFIX + "election." + name,
                definition(name, names.size() == 1 || name.equals(ElectionConfigFactory.DEFAULT_NAME))));
    }

    private List<String> names() {
        ElectionProperties properties = Binder.get(environment)
                .bind("election", Bindable.of(ElectionProperties.class))
                .orElseGet(ElectionProperties::new);
        List<String> names = new ArrayList<>(properties.getInstances().keySet());
        return names.isEmpty() ? List.of(ElectionConfigFactory.DEFAULT_NAME) : names;
    }

    private static RootBeanDefinition definition(String name, boolean primary) {
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(ManagedElection.class);
        definition.setFactoryBeanName(ElectionAutoConfiguration.CONFIG_FACTORY);
        definition.setFactoryMethodName("election");
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
        definition.setPrimary(primary);
        definition.setLazyInit(false); // even where everything else is: bad settings are refused at once
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        definition.setDestroyMethodName("close");
        return definition;
    }
}
