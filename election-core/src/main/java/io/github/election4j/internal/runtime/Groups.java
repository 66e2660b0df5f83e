package io.github.election4j.internal.runtime;

import java.util.Map;
import java.util.TreeMap;

/** P4: which beat proves which election. A beat covers so many, and etcd bounds the operations of a transaction. */
final class Groups {
    static final int LARGEST = 100;

    private final Map<Integer, Integer> sizes = new TreeMap<>();

    /** Takes an election in, and returns its group. */
    int enter() {
        int group = 0;
        while (sizes.getOrDefault(group, 0) >= LARGEST) {
            group++;
        }
        sizes.merge(group, 1, Integer::sum);
        return group;
    }

    void leave(int group) {
        sizes.merge(group, -1, Integer::sum);
    }
}
