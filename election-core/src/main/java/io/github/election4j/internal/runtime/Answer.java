package io.github.election4j.internal.runtime;

import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.TxnResult;
import java.util.function.Consumer;

/** Hears what became of one transaction, on the loop. */
interface Answer {
    void committed(TxnResult result);

    void failed(StoreException cause);

    static Answer of(Consumer<TxnResult> committed, Consumer<StoreException> failed) {
        return new Answer() {
            @Override
            public void committed(TxnResult result) {
                committed.accept(result);
            }

            @Override
            public void failed(StoreException cause) {
                failed.accept(cause);
            }
        };
    }
}
