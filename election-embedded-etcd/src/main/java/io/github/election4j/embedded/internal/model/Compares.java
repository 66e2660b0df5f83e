package io.github.election4j.embedded.internal.model;

import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.Compare.CompareResult;
import io.etcd.jetcd.api.Compare.CompareTarget;
import io.etcd.jetcd.api.KeyValue;
import java.util.List;

/** The conditions of transactions. */
final class Compares {
    private Compares() {}

    static void check(Compare compare) {
        if (compare.getKey().isEmpty()) {
            throw Errors.emptyKey();
        }
        if (compare.getTarget() == CompareTarget.UNRECOGNIZED || compare.getResult() == CompareResult.UNRECOGNIZED) {
            throw Errors.notOffered("this kind of comparison");
        }
    }

    static boolean all(Mvcc mvcc, List<Compare> compares) {
        return compares.stream().allMatch(compare -> holds(mvcc, compare));
    }

    private static boolean holds(Mvcc mvcc, Compare compare) {
        List<KeyValue> found = mvcc.range(Interval.of(compare.getKey(), compare.getRangeEnd()), mvcc.visible());
        if (found.isEmpty()) {
            // An absent key has revisions and a version of 0; but no value, not even an empty one.
            return compare.getTarget() != CompareTarget.VALUE && holds(KeyValue.getDefaultInstance(), compare);
        }
        return found.stream().allMatch(kv -> holds(kv, compare));
    }

    private static boolean holds(KeyValue kv, Compare compare) {
        int actual = switch (compare.getTarget()) {
            case VALUE -> Interval.ORDER.compare(kv.getValue(), compare.getValue());
            case CREATE -> Long.compare(kv.getCreateRevision(), compare.getCreateRevision());
            case MOD -> Long.compare(kv.getModRevision(), compare.getModRevision());
            case VERSION, UNRECOGNIZED -> Long.compare(kv.getVersion(), compare.getVersion());
        };
        return switch (compare.getResult()) {
            case EQUAL -> actual == 0;
            case NOT_EQUAL -> actual != 0;
            case GREATER -> actual > 0;
            case LESS -> actual < 0;
            case UNRECOGNIZED -> false;
        };
    }
}
