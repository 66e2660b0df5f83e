package io.github.election4j.internal.machine;

import io.github.election4j.internal.machine.RequestId.Purpose;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.Txn;
import java.util.ArrayList;
import java.util.List;

/** One step of a machine: when it is taken, and what it decides. */
final class Decisions {
    private final Moment moment;
    private final List<Effect> effects = new ArrayList<>();

    Decisions(Moment moment) {
        this.moment = moment;
    }

    long now() {
        return moment.now();
    }

    /** The wall clock, for what people read. */
    long wallMillis() {
        return moment.wallMillis();
    }

    /** Uniform in [0, 1). */
    double random() {
        return moment.random();
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void commit(Purpose purpose, Retry retry, Txn txn, long timeoutNanos) {
        add(new Effect.Commit(new RequestId(purpose, retry.begin()), txn, timeoutNanos));
    }

    /** Records a failure, to be retried and told of. */
    void failed(Purpose purpose, Retry retry, StoreException cause) {
        retry.failed(now(), random());
        add(new Effect.Report(purpose.operation(), cause.reason(), retry.failures()));
    }

    /** Records an answer, and tells of it like a success; whether it ends a series of failures is yet to be seen. */
    void answered(Purpose purpose, Retry retry) {
        recovered(purpose, retry);
        retry.answered();
    }

    /** Records a success, and tells of it if it ends a series of failures. */
    void succeeded(Purpose purpose, Retry retry) {
        recovered(purpose, retry);
        retry.succeeded();
    }

    /** Forgets a request that has lost its purpose, and with it that it failed: it will never succeed. */
    void dropped(Purpose purpose, Retry retry) {
        recovered(purpose, retry);
        retry.reset();
    }

    List<Effect> effects() {
        return effects;
    }

    private void recovered(Purpose purpose, Retry retry) {
        if (retry.failures() > 0) {
            add(new Effect.Recovered(purpose.operation()));
        }
    }
}
