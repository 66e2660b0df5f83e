package io.github.election4j.spring.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.github.election4j.spring.work.SelfCall.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class SelfCallScannerTests {
    /** The class files say themselves how much is on the stack: what is found another way is an exception. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/github/election4j",
                "org/springframework/core",
                "org/springframework/asm",
                "io/netty",
                "kotlin/collections",
                "io/etcd/jetcd",
                "com/google/common/collect"
            })
    void readsWhatCompilersMake(String root) throws IOException {
        int calls = 0;
        for (Resource each :
                new PathMatchingResourcePatternResolver().getResources("classpath*:" + root + "/**/*.class")) {
            calls += SelfCallScanner.scan(each.getContentAsByteArray()).size();
        }
        assertThat(calls).isGreaterThan(100);
    }

    @Test
    void tellsTheMethodsApartByTheirDescriptors() throws IOException {
        assertThat(SelfCallScanner.scan(classFile()))
                .contains(new SelfCall(new Signature("all", "(I)V"), new Signature("ship", "([Ljava/lang/Object;)I")));
    }

    @Test
    void refusesWhatItCannotRead() throws IOException {
        byte[] half = Arrays.copyOf(classFile(), classFile().length / 2);
        assertThatException().isThrownBy(() -> SelfCallScanner.scan(half));
    }

    private static byte[] classFile() throws IOException {
        try (InputStream content = Objects.requireNonNull(
                SelfCallScannerTests.class.getResourceAsStream("SelfCallsRefused$Direct.class"))) {
            return content.readAllBytes();
        }
    }
}
