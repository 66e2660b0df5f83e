package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.spi.EngineObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of a session: one that owns it, and as many as listeners block. */
@Timeout(60)
class ThreadsTests {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void listenersThatBlockDelayNoOther() {
        Executor pool = ListenerPool.create();
        CountDownLatch together = new CountDownLatch(20);
        List<CompletableFuture<Thread>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(CompletableFuture.supplyAsync(() -> awaited(together), pool));
        }
        assertThat(all)
                .allSatisfy(each -> assertThat(each)
                        .succeedsWithin(LIMIT)
                        .satisfies(thread -> assertThat(thread.isDaemon()).isTrue())
                        .extracting(Thread::getName)
                        .isEqualTo("election4j-listener"));
    }

    @Test
    void loopIsOneDaemon() {
        LoopThread loop = new LoopThread();
        CompletableFuture<Thread> first = CompletableFuture.supplyAsync(Thread::currentThread, loop);
        CompletableFuture<Thread> second = new CompletableFuture<>();
        loop.schedule(() -> second.complete(Thread.currentThread()), 1);

        assertThat(first).succeedsWithin(LIMIT).satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("election4j-loop");
        });
        assertThat(second).succeedsWithin(LIMIT).isSameAs(first.join());
        loop.shutdown();
    }

    @Test
    void loopRunsNothingThatWasCancelled() {
        LoopThread loop = new LoopThread();
        List<String> ran = new ArrayList<>();
        CompletableFuture<List<String>> after = new CompletableFuture<>();
        loop.execute(() -> {
            loop.schedule(() -> ran.add("cancelled"), 0).run();
            loop.execute(() -> after.complete(List.copyOf(ran)));
        });
        assertThat(after).succeedsWithin(LIMIT).isEqualTo(List.of());
        loop.shutdown();
    }

    @Test
    void sessionRunsOnItsOwnThreads() {
        MemoryStore store = new MemoryStore(Runnable::run);
        CompletableFuture<String> told = new CompletableFuture<>();
        try (DefaultElections elections = DefaultElections.create(store, Bench.SETTINGS, EngineObserver.NONE, null)) {
            elections
                    .join(Bench.config("a"))
                    .addListener(event -> told.complete(Thread.currentThread().getName()));
            assertThat(told).succeedsWithin(LIMIT).isEqualTo("election4j-listener");
        }
        assertThat(store.isClosed()).isTrue();
    }

    /** L3: a command that waits has its limit, also when the session ends meanwhile. */
    @Test
    void loopThatHasEndedTakesNothingMoreAndRunsWhatItHas() {
        LoopThread loop = new LoopThread();
        CompletableFuture<String> late = new CompletableFuture<>();
        loop.schedule(() -> late.complete("ran"), Duration.ofMillis(20).toNanos());

        loop.shutdown();

        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        loop.schedule(() -> late.complete("too late"), 0).run();
        assertThat(late).succeedsWithin(LIMIT).isEqualTo("ran");
    }

    private static Thread awaited(CountDownLatch together) {
        together.countDown();
        try {
            together.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Thread.currentThread();
    }
}
