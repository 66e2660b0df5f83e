package io.github.election4j.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.endpoint.ElectionEndpointAutoConfiguration;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** What a native image must know of the endpoints: their methods answer with a type that only they know. */
class EndpointHintsTests {
    @Test
    void everythingThatTheEndpointsAnswerCanBeWrittenAsJson() {
        RuntimeHints hints = process();

        assertThat(Stream.of(ElectionDescriptors.class.getDeclaredClasses())
                        .flatMap(type -> Stream.of(type.getRecordComponents()))
                        .map(RecordComponent::getAccessor))
                .isNotEmpty()
                .allMatch(accessor -> RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(accessor)
                        .test(hints));
    }

    @Test
    void everythingThatThePageIsMadeOfCanBeRead() {
        RuntimeHints hints = process();

        assertThat(Stream.of("page.html", "page.css", "view.js", "election.js", "operations.js", "poll.js"))
                .allMatch(file -> RuntimeHintsPredicates.resource()
                        .forResource(ElectionPage.FOLDER + file)
                        .test(hints));
    }

    @Test
    void needsNoActuator() {
        RuntimeHints hints = new RuntimeHints();

        new EndpointHints().registerHints(hints, new FilteredClassLoader(OperationResponseBody.class));

        assertThat(hints.reflection().typeHints()).isEmpty();
    }

    private static RuntimeHints process() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        try (context) {
            TestPropertyValues.of("spring.application.name=shop", "management.endpoints.web.exposure.include=*")
                    .applyTo(context);
            context.register(ElectionAutoConfiguration.class, ElectionEndpointAutoConfiguration.class);
            DefaultGenerationContext generation = new DefaultGenerationContext(
                    new ClassNameGenerator(ClassName.get("com.example", "Application")), new InMemoryGeneratedFiles());
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            return generation.getRuntimeHints();
        }
    }
}
