package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread of a session lasts as long as there is anything to do, and no longer. */
class LoopThreadTests {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final long AN_HOUR = Duration.ofHours(1).toNanos();
    private static final long SHORTLY = Duration.ofMillis(50).toNanos();

    private final LoopThread loop = new LoopThread();
    private final CompletableFuture<Thread> rung = new CompletableFuture<>();

    @AfterEach
    void end() {
        loop.shutdown();
    }

    @Test
    void oneThreadDoesEverythingAndKeepsNoProcessAlive() {
        loop.schedule(() -> rung.complete(Thread.currentThread()), SHORTLY);

        assertThat(rung).succeedsWithin(AT_MOST).isSameAs(thread());
        assertThat(thread().getName()).isEqualTo("election4j-loop");
        assertThat(thread().isDaemon()).isTrue();
    }

    /** L3: who waits for a command that has a limit is told even then. */
    @Test
    void alarmThatIsSetWhenItEndsStillRings() {
        loop.schedule(() -> rung.complete(Thread.currentThread()), SHORTLY);

        loop.shutdown();

        assertThat(rung).succeedsWithin(AT_MOST);
    }

    @Test
    void takesNothingMoreOnceItHasEnded() {
        loop.shutdown();

        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        loop.schedule(() -> rung.complete(Thread.currentThread()), 0).run();
        assertThat(rung).isNotDone();
    }

    @Test
    void threadEndsOnceTheLastAlarmIsCancelled() throws InterruptedException {
        Thread thread = thread();
        Runnable cancel = loop.schedule(() -> {}, AN_HOUR);
        loop.shutdown();
        assertThat(thread.isAlive()).isTrue();

        cancel.run();
        thread.join(AT_MOST.toMillis());

        assertThat(thread.isAlive()).isFalse();
    }

    private Thread thread() {
        CompletableFuture<Thread> itself = new CompletableFuture<>();
        loop.execute(() -> itself.complete(Thread.currentThread()));
        return itself.orTimeout(AT_MOST.toSeconds(), TimeUnit.SECONDS).join();
    }
}
