package io.github.election4j.spring.testcontainers;

import org.testcontainers.containers.GenericContainer;

/** Answers what Docker would, and runs nothing. */
final class FakeEtcdContainer extends GenericContainer<FakeEtcdContainer> {
    private final String image;
    private boolean started;

    FakeEtcdContainer(String image) {
        super(image);
        this.image = image;
    }

    @Override
    public String getDockerImageName() {
        return image;
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public String getHost() {
        return requireStarted("docker.test");
    }

    @Override
    public Integer getMappedPort(int port) {
        return requireStarted(port + 30_000);
    }

    private <T> T requireStarted(T answer) {
        if (!started) {
            throw new IllegalStateException("Mapped port can only be obtained after the container is started");
        }
        return answer;
    }
}
