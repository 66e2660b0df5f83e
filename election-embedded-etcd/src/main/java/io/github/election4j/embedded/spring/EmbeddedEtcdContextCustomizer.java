package io.github.election4j.embedded.spring;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Adds the beans; a record, since it is part of the key under which a context is cached. */
record EmbeddedEtcdContextCustomizer() implements ContextCustomizer {
    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
        BeanDefinitionRegistry registry = (BeanDefinitionRegistry) context.getBeanFactory();
        new AnnotatedBeanDefinitionReader(registry, context.getEnvironment()).register(EmbeddedEtcdConfiguration.class);
    }
}
