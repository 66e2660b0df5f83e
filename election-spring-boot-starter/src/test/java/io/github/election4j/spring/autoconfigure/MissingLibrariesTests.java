package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** An application has both libraries that run containers, one, or none. */
class MissingLibrariesTests {
    private static final String COMPOSE =
            "io.github.election4j.spring.docker.compose.EtcdDockerComposeConnectionDetailsFactory";
    private static final String TESTCONTAINERS =
            "io.github.election4j.spring.testcontainers.EtcdContainerConnectionDetailsFactory";

    @Test
    void bothAreServed() throws Exception {
        assertThat(factoriesWithout()).containsExactlyInAnyOrder(COMPOSE, TESTCONTAINERS);
    }

    @Test
    void testcontainersDoesWithoutDockerCompose() throws Exception {
        assertThat(factoriesWithout("spring-boot-docker-compose")).containsExactly(TESTCONTAINERS);
    }

    @Test
    void dockerComposeDoesWithoutTestcontainers() throws Exception {
        assertThat(factoriesWithout("testcontainers")).containsExactly(COMPOSE);
    }

    @Test
    void electionsDoWithoutBoth() throws Exception {
        assertThat(factoriesWithout("testcontainers", "spring-boot-docker-compose"))
                .isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static List<String> factoriesWithout(String... libraries) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (List.of(libraries).stream().noneMatch(path.getFileName().toString()::contains)) {
                urls.add(path.toUri().toURL());
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> application = loader.loadClass(Application.class.getName());
            return ((Callable<List<String>>)
                            application.getDeclaredConstructor().newInstance())
                    .call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Runs on the other class path: starts, and tells which factories Boot would find, as Boot looks for them. */
    public static final class Application implements Callable<List<String>> {
        @Override
        public List<String> call() {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(ElectionAutoConfiguration.class))
                    .withPropertyValues("spring.application.name=shop", "election.auto-startup=false")
                    .run(context -> assertThat(context).hasNotFailed());
            return SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
                    .load(ConnectionDetailsFactory.class, FailureHandler.logging(LogFactory.getLog(Application.class)))
                    .stream()
                    .map(each -> each.getClass().getName())
                    .filter(each -> each.startsWith("io.github.election4j"))
                    .toList();
        }
    }
}
