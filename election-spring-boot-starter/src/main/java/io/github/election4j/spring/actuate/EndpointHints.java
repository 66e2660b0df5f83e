package io.github.election4j.spring.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Lets a native image write what the endpoints answer, and read what the page is made of. Spring registers what the
 * methods of an endpoint declare to return; ours declare no more than that there is an answer.
 */
class EndpointHints implements RuntimeHintsRegistrar {
    private static final String OF_ACTUATOR = "org.springframework.boot.actuate.endpoint.OperationResponseBody";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        if (ClassUtils.isPresent(OF_ACTUATOR, classLoader)) {
            new BindingReflectionHintsRegistrar()
                    .registerReflectionHints(hints.reflection(), ElectionDescriptors.class.getDeclaredClasses());
            hints.resources().registerPattern(ElectionPage.FOLDER + "*");
        }
    }
}
