package io.github.election4j.embedded.contract;

import java.util.Arrays;
import java.util.List;

/** Operations that etcd 3.5 answers otherwise than 3.4, whose behaviour the embedded one has. */
enum KnownDifference {
    /** 3.4 answers at once; 3.5 only if the stream has watchers, and all of them have been told everything. */
    PROGRESS {
        @Override
        boolean touches(Operation operation) {
            return operation instanceof Operation.Progress;
        }
    },

    /** 3.4 creates the watcher and then cancels it for its compacted past; 3.5 refuses to create it. */
    WATCH_FROM_A_NEGATIVE_REVISION {
        @Override
        boolean touches(Operation operation) {
            return operation instanceof Operation.CreateWatcher create
                    && create.request().getStartRevision() < 0;
        }
    };

    abstract boolean touches(Operation operation);

    /** What of a run both must answer the same. */
    static List<Operation> withoutAny(List<Operation> operations, EtcdVersion real) {
        if (real == EtcdVersion.V3_4) {
            return operations;
        }
        return operations.stream()
                .filter(operation -> Arrays.stream(values()).noneMatch(each -> each.touches(operation)))
                .toList();
    }
}
