package io.github.election4j.embedded.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.github.election4j.embedded.internal.model.EtcdModel;
import io.github.election4j.embedded.internal.model.ModelSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A defect of this etcd is told, and ends nothing but the work that has it. */
@Timeout(60)
class OwnerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Owner.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    /** As seen by the owner after its last work: to ask it were work, after which it looks at the leases. */
    private final AtomicInteger leases = new AtomicInteger();

    private Owner owner;

    @BeforeEach
    void start() {
        AtomicLong ids = new AtomicLong();
        ModelSettings settings = new ModelSettings(1, 2, Duration.ofSeconds(1), 100, ids::incrementAndGet);
        owner = new Owner(new EtcdModel(settings), "owner");
        owner.flushing("looking", () -> leases.set(owner.model().leases().size()));
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
    }

    @AfterEach
    void stop() {
        owner.close();
        logger.detachAppender(logged);
        logger.setAdditive(true);
    }

    @Test
    void leasesExpireAfterARequestHasFailed() {
        owner.request(() -> {
            grant(1);
            throw new IllegalStateException("planted");
        });
        await().atMost(LIMIT).until(() -> !logged.list.isEmpty());

        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("planted");
        });
        assertExpires();
    }

    @Test
    void leasesExpireAfterAStreamHasFailedWhileOneExpired() {
        owner.run(() -> {
            grant(1);
            grant(2);
        });
        owner.run(() -> owner.flushing("broken", () -> {
            if (owner.model().leases().size() == 1) {
                throw new IllegalStateException("planted");
            }
        }));
        assertExpires();
        assertThat(logged.list).hasSize(1);
    }

    @Test
    void leasesExpireAfterTheUserWasRefused() {
        assertThatThrownBy(() -> owner.run(() -> {
                    grant(1);
                    throw new IllegalArgumentException("refused");
                }))
                .hasMessage("refused");
        assertExpires();
        assertThat(logged.list).isEmpty();
    }

    @Test
    void whatWaitedBehindAFailureIsDone() {
        owner.pause();
        owner.request(() -> {
            throw new IllegalStateException("planted");
        });
        owner.request(() -> grant(60));
        owner.resume();
        assertThat(owner.call(() -> owner.model().leases())).hasSize(1);
    }

    private void assertExpires() {
        assertThat(leases).hasPositiveValue();
        await().atMost(LIMIT).until(() -> leases.get() == 0);
    }

    private void grant(long seconds) {
        var unused = owner.model()
                .leaseGrant(
                        LeaseGrantRequest.newBuilder().setTTL(seconds).build(),
                        owner.clock().nanos());
    }
}
