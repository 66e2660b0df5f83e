package io.github.election4j.spring;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.OperationOutcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whether an operator has evicted this member, or ended its eviction: that holds at the next joining too. */
final class EvictionMemory {
    private volatile @Nullable Boolean evicted;
    private volatile @Nullable Boolean before;

    /** Unless it was refused; that it has timed out is no refusal. */
    CompletableFuture<OperationOutcome> remember(boolean stays, CompletableFuture<OperationOutcome> answer) {
        evicted = stays;
        answer.whenComplete((outcome, failure) -> {
            if (failure instanceof ElectionException refused && refused.kind() == ElectionException.Kind.CLOSED) {
                evicted = before;
            } else {
                before = stays;
            }
        });
        return answer;
    }

    ElectionConfig applyTo(ElectionConfig config) {
        return config.withEvicted(staysOut(config));
    }

    boolean staysOut(ElectionConfig config) {
        Boolean asked = evicted;
        return asked == null ? config.evicted() : asked;
    }

    boolean isEvicted() {
        return Boolean.TRUE.equals(evicted);
    }
}
