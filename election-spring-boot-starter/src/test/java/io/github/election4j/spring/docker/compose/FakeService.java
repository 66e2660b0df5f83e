package io.github.election4j.spring.docker.compose;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** A service as Docker Compose would tell of it, with the ports moved by 30,000. */
record FakeService(ImageReference image, Map<String, @Nullable String> env, Map<String, String> labels)
        implements RunningService {
    static FakeService of(String image) {
        return new FakeService(ImageReference.of(image), Map.of(), Map.of());
    }

    FakeService withEnv(String name, String value) {
        return new FakeService(image, Map.of(name, value), labels);
    }

    FakeService withLabel(String name, String value) {
        return new FakeService(image, env, Map.of(name, value));
    }

    /** Boot alone makes these. */
    DockerComposeConnectionSource asSource() throws ReflectiveOperationException {
        Constructor<DockerComposeConnectionSource> constructor =
                DockerComposeConnectionSource.class.getDeclaredConstructor(RunningService.class, Environment.class);
        constructor.setAccessible(true);
        return constructor.newInstance(this, new StandardEnvironment());
    }

    @Override
    public String name() {
        return "coordination";
    }

    @Override
    public String host() {
        return "docker.test";
    }

    @Override
    public ConnectionPorts ports() {
        return new ConnectionPorts() {
            @Override
            public int get(int containerPort) {
                return containerPort + 30_000;
            }

            @Override
            public List<Integer> getAll() {
                return List.of();
            }

            @Override
            public List<Integer> getAll(@Nullable String protocol) {
                return List.of();
            }
        };
    }
}
