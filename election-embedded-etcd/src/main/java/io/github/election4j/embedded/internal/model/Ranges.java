package io.github.election4j.embedded.internal.model;

import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeRequest.SortOrder;
import io.etcd.jetcd.api.RangeRequest.SortTarget;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads: what etcd's {@code Range} finds, prunes, sorts and cuts off, in its order. */
final class Ranges {
    private Ranges() {}

    static void check(RangeRequest request) {
        if (request.getKey().isEmpty()) {
            throw Errors.emptyKey();
        }
        if (request.getSortOrder() == SortOrder.UNRECOGNIZED || request.getSortTarget() == SortTarget.UNRECOGNIZED) {
            throw Errors.notOffered("this way to sort");
        }
    }

    static RangeResponse read(Mvcc mvcc, RangeRequest request) {
        mvcc.checkReadable(request.getRevision());
        long revision = request.getRevision() <= 0 ? mvcc.visible() : request.getRevision();
        List<KeyValue> found = mvcc.range(Interval.of(request.getKey(), request.getRangeEnd()), revision);
        RangeResponse.Builder response = RangeResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setRevision(mvcc.visible()))
                .setCount(found.size());
        if (request.getCountOnly()) {
            return response.build();
        }
        List<KeyValue> chosen = sorted(pruned(fetched(found, request), request), request);
        if (request.getLimit() > 0 && chosen.size() > request.getLimit()) {
            chosen = chosen.subList(0, (int) request.getLimit());
            response.setMore(true);
        }
        for (KeyValue each : chosen) {
            response.addKvs(
                    request.getKeysOnly() ? each.toBuilder().clearValue().build() : each);
        }
        return response.build();
    }

    /** With a limit etcd reads no more than one key beyond it, unless it has to sort or to prune. */
    private static List<KeyValue> fetched(List<KeyValue> found, RangeRequest request) {
        boolean everything = request.getLimit() <= 0 || request.getSortOrder() != SortOrder.NONE || prunes(request);
        return everything || found.size() <= request.getLimit() + 1
                ? found
                : found.subList(0, (int) request.getLimit() + 1);
    }

    private static boolean prunes(RangeRequest request) {
        return request.getMinModRevision() != 0
                || request.getMaxModRevision() != 0
                || request.getMinCreateRevision() != 0
                || request.getMaxCreateRevision() != 0;
    }

    private static Stream<KeyValue> pruned(List<KeyValue> found, RangeRequest request) {
        return prunes(request)
                ? found.stream()
                        .filter(kv ->
                                within(kv.getModRevision(), request.getMinModRevision(), request.getMaxModRevision()))
                        .filter(kv -> within(
                                kv.getCreateRevision(), request.getMinCreateRevision(), request.getMaxCreateRevision()))
                : found.stream();
    }

    private static boolean within(long revision, long min, long max) {
        return (min == 0 || revision >= min) && (max == 0 || revision <= max);
    }

    private static List<KeyValue> sorted(Stream<KeyValue> found, RangeRequest request) {
        SortOrder order = request.getSortOrder();
        if (order == SortOrder.NONE && request.getSortTarget() == SortTarget.KEY) {
            return found.toList();
        }
        Comparator<KeyValue> ascending = by(request.getSortTarget());
        return found.sorted(order == SortOrder.DESCEND ? ascending.reversed() : ascending)
                .toList();
    }

    private static Comparator<KeyValue> by(SortTarget target) {
        return switch (target) {
            case VERSION -> Comparator.comparingLong(KeyValue::getVersion);
            case CREATE -> Comparator.comparingLong(KeyValue::getCreateRevision);
            case MOD -> Comparator.comparingLong(KeyValue::getModRevision);
            case VALUE -> Comparator.comparing(KeyValue::getValue, Interval.ORDER);
            case KEY, UNRECOGNIZED -> Comparator.comparing(KeyValue::getKey, Interval.ORDER);
        };
    }
}
