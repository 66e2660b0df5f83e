package io.github.election4j.spring.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import kotlin.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ReturnKindTests {
    @ParameterizedTest
    @CsvSource({
        "none, NOTHING",
        "noValue, NOTHING",
        "unit, NOTHING",
        "optional, OPTIONAL",
        "optionalInt, OPTIONAL",
        "mono, REACTIVE",
        "flux, REACTIVE",
        "publisher, REACTIVE",
        "flow, REACTIVE",
        "stage, STAGE",
        "completable, STAGE",
        "future, VALUE",
        "text, VALUE",
        "number, VALUE",
        "any, VALUE",
        "many, VALUE"
    })
    void isToldByTheDeclaredType(String method, ReturnKind kind) {
        assertThat(ReturnKind.of(method(Methods.class, method))).isEqualTo(kind);
    }

    @Test
    void saysWhatAFollowerCanSkip() {
        assertThat(ReturnKind.values())
                .filteredOn(ReturnKind::canBeSkipped)
                .containsExactly(ReturnKind.NOTHING, ReturnKind.OPTIONAL, ReturnKind.REACTIVE);
    }

    @Test
    void isToldWithoutReactor() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (!path.getFileName().toString().matches("reactor-.*|reactive-streams-.*")) {
                urls.add(path.toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Method of = loader.loadClass(ReturnKind.class.getName()).getDeclaredMethod("of", Method.class);
            of.setAccessible(true);
            Class<?> methods = loader.loadClass(Plain.class.getName());
            assertThat(of.invoke(null, method(methods, "none"))).hasToString("NOTHING");
            assertThat(of.invoke(null, method(methods, "stage"))).hasToString("STAGE");
            assertThat(of.invoke(null, method(methods, "text"))).hasToString("VALUE");
        }
    }

    private static Method method(Class<?> type, String name) {
        return Objects.requireNonNull(ReflectionUtils.findMethod(type, name));
    }

    interface Plain {
        void none();

        CompletionStage<String> stage();

        String text();
    }

    interface Methods extends Plain {
        Void noValue();

        Unit unit();

        Optional<String> optional();

        OptionalInt optionalInt();

        Mono<String> mono();

        Flux<String> flux();

        Publisher<String> publisher();

        Flow.Publisher<String> flow();

        CompletableFuture<String> completable();

        Future<String> future();

        int number();

        Object any();

        List<String> many();
    }
}
