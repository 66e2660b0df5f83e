package io.github.election4j.migration.after;

import io.github.election4j.Election;
import io.github.election4j.LeaderTask;
import io.github.election4j.LeaderWork;
import io.github.election4j.Leadership;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

final class OrderWork implements LeaderTask {
    private final BlockingQueue<String> orders;
    private final Consumer<String> saved;

    OrderWork(BlockingQueue<String> orders, Consumer<String> saved) {
        this.orders = orders;
        this.saved = saved;
    }

    @Override
    public void run(Leadership term) throws InterruptedException {
        while (true) {
            String order = orders.take();
            term.requireValid();
            saved.accept(order);
        }
    }

    LeaderWork start(Election election) {
        return election.whileLeading(this);
    }
}
