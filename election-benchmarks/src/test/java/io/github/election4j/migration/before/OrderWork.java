package io.github.election4j.migration.before;

import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderSelector;
import org.apache.curator.framework.recipes.leader.LeaderSelectorListenerAdapter;

final class OrderWork extends LeaderSelectorListenerAdapter {
    private final BlockingQueue<String> orders;
    private final Consumer<String> saved;

    OrderWork(BlockingQueue<String> orders, Consumer<String> saved) {
        this.orders = orders;
        this.saved = saved;
    }

    @Override
    public void takeLeadership(CuratorFramework client) throws InterruptedException {
        while (true) {
            saved.accept(orders.take());
        }
    }

    LeaderSelector start(CuratorFramework client) {
        LeaderSelector selector = new LeaderSelector(client, "/orders", this);
        selector.autoRequeue();
        selector.start();
        return selector;
    }
}
