package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.ElectionEvent;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.ElectionEvent.LeaderChanged;
import io.github.election4j.ElectionListener;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** S3, one listener: everything, once, in order, however long it takes. */
class ListenerQueueTests {
    private static final int MANY = 50;

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<Long> heard = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private long now = 1_000;
    private final ListenerQueue queue = queue(event -> heard.add(token(event)));

    @Test
    void whoIsBlockedWhileManyChangesAreCausedHearsThemAll() {
        ListenerQueue[] blocked = new ListenerQueue[1];
        blocked[0] = queue(event -> {
            heard.add(token(event));
            if (token(event) == 0) {
                LongStream.rangeClosed(1, MANY)
                        .forEach(each -> blocked[0].offer(Stage.event(each), ListenerQueueTests::nobodyWaits));
                assertThat(heard).as("it has not returned").containsExactly(0L);
            }
        });

        blocked[0].offer(Stage.event(0), ListenerQueueTests::nobodyWaits);
        work();

        assertThat(heard)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(0, MANY).boxed().toList());
    }

    /** Or a listener that hangs through an outage would fill the heap with them. */
    @Test
    void newestErrorOfAnOperationTakesThePlaceOfTheOneThatWaits() {
        List<String> all = new ArrayList<>();
        ListenerQueue slow = queue(event -> all.add(event instanceof ElectionError error ? error.message() : "change"));

        slow.offer(Stage.event(1), ListenerQueueTests::nobodyWaits);
        for (int attempt = 1; attempt <= MANY; attempt++) {
            slow.offer(error("watch", attempt), () -> all.add("told"));
        }
        assertThat(all).as("who waits for what is not delivered").hasSize(MANY - 1);
        all.clear();
        slow.offer(Stage.event(2), ListenerQueueTests::nobodyWaits);
        slow.offer(error("enter", 1), ListenerQueueTests::nobodyWaits);
        slow.offer(error("watch", MANY + 1), () -> all.add("told last"));
        work();

        assertThat(all).containsExactly("told", "change", "watch 51", "told last", "change", "enter 1");
    }

    @Test
    void errorThatIsBeingDeliveredIsNotTheOneThatWaits() {
        List<String> all = new ArrayList<>();
        ListenerQueue[] slow = new ListenerQueue[1];
        slow[0] = queue(event -> {
            all.add(((ElectionError) event).message());
            if (all.size() == 1) {
                slow[0].offer(error("watch", 2), ListenerQueueTests::nobodyWaits);
                slow[0].offer(error("watch", 3), ListenerQueueTests::nobodyWaits);
            }
        });

        slow[0].offer(error("watch", 1), ListenerQueueTests::nobodyWaits);
        work();

        assertThat(all).containsExactly("watch 1", "watch 3");
    }

    @Test
    void holdsOneThreadHoweverMuchWaitsAndNoneAfterwards() {
        queue.offer(Stage.event(1), ListenerQueueTests::nobodyWaits);
        queue.offer(Stage.event(2), ListenerQueueTests::nobodyWaits);
        assertThat(pool).hasSize(1);
        work();
        assertThat(heard).containsExactly(1L, 2L);

        queue.offer(Stage.event(3), ListenerQueueTests::nobodyWaits);
        assertThat(pool).hasSize(1);
        work();
        assertThat(heard).containsExactly(1L, 2L, 3L);
    }

    @Test
    void tellsWhoWaitsWhenTheListenerHasReturnedAndNotBefore() {
        queue.offer(Stage.event(1), () -> heard.add(-1L));
        queue.offer(Stage.event(2), () -> heard.add(-2L));
        assertThat(heard).isEmpty();

        work();

        assertThat(heard).containsExactly(1L, -1L, 2L, -2L);
    }

    @Test
    void whoIsRemovedHearsNothingMoreAndHoldsNobodyUp() {
        queue.offer(Stage.event(1), () -> heard.add(-1L));

        queue.remove();
        work();

        assertThat(heard).containsExactly(-1L);
    }

    @Test
    void measuresEachCall() {
        queue(event -> now += 7).offer(Stage.event(1), ListenerQueueTests::nobodyWaits);
        work();
        assertThat(outcomes).containsExactly("returned after 7");
    }

    @Test
    void deliversOnThoughTheListenerThrewAndTellsWhenItIsWellAgain() {
        ListenerQueue failing = queue(event -> {
            now += 3;
            heard.add(token(event));
            if (token(event) == 1) {
                throw new StackOverflowError();
            }
        });

        for (long token = 1; token <= 3; token++) {
            failing.offer(Stage.event(token), () -> heard.add(0L));
        }
        work();

        assertThat(heard).containsExactly(1L, 0L, 2L, 0L, 3L, 0L);
        assertThat(outcomes)
                .containsExactly("threw java.lang.StackOverflowError after 3", "recovered after 3", "returned after 3");
    }

    /** It hears of its own failure, which it need not fail on. */
    @Test
    void isNotWellAgainForHavingHeardOfAnError() {
        ListenerQueue failing = queue(event -> {
            if (event instanceof LeaderChanged) {
                throw new IllegalStateException();
            }
        });

        failing.offer(Stage.event(1), ListenerQueueTests::nobodyWaits);
        failing.offer(
                new ElectionError(Stage.ELECTION, "listener", "it threw", Instant.EPOCH),
                ListenerQueueTests::nobodyWaits);
        work();

        assertThat(outcomes).containsExactly("threw java.lang.IllegalStateException after 0", "returned after 0");
    }

    @Test
    void marksTheThreadAsAListenersWhileItRunsAndNoLonger() {
        List<Boolean> inListener = new ArrayList<>();
        ListenerQueue marked = queue(event -> inListener.add(ListenerPool.inListener()));

        marked.offer(Stage.event(1), () -> inListener.add(ListenerPool.inListener()));
        work();

        assertThat(inListener).containsExactly(true, false);
    }

    @Test
    void knowsItsListenerByEquality() {
        ElectionListener listener = event -> {};
        assertThat(queue(listener).calls(listener)).isTrue();
        assertThat(queue(listener).calls(event -> {})).isFalse();
    }

    private ListenerQueue queue(ElectionListener listener) {
        return new ListenerQueue(listener, pool::add, () -> now, new ListenerQueue.Outcome() {
            @Override
            public void returned(ElectionEvent event, long tookNanos, boolean recovered) {
                outcomes.add((recovered ? "recovered" : "returned") + " after " + tookNanos);
            }

            @Override
            public void threw(ElectionEvent event, long tookNanos, Throwable failure) {
                outcomes.add("threw " + failure + " after " + tookNanos);
            }
        });
    }

    private void work() {
        for (Runnable task = pool.poll(); task != null; task = pool.poll()) {
            task.run();
        }
    }

    private static ElectionError error(String operation, int attempt) {
        return new ElectionError(Stage.ELECTION, operation, operation + " " + attempt, Instant.EPOCH);
    }

    private static void nobodyWaits() {}

    private static long token(ElectionEvent event) {
        Long token = ((LeaderChanged) event).fencingToken();
        return token == null ? 0 : token;
    }
}
