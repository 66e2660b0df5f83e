package io.github.election4j.embedded.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link AutoConfigureEmbeddedEtcd} on a test class, its superclasses and those that enclose it. */
class EmbeddedEtcdContextCustomizerFactory implements ContextCustomizerFactory {
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        boolean wanted = TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureEmbeddedEtcd.class);
        return wanted ? new EmbeddedEtcdContextCustomizer() : null;
    }
}
