package io.github.election4j.simulation;

import io.github.election4j.internal.machine.ElectionKeys;

/** One election of a run, in which every process takes part; a process has one session for all of them. */
final class Contest {
    private final String name;
    private final ElectionKeys keys;
    private final Terms terms;

    Contest(String name, VirtualTime time, Findings findings) {
        this.name = name;
        this.keys = new ElectionKeys("/simulated/" + name);
        this.terms = new Terms(time, findings, this);
    }

    String name() {
        return name;
    }

    ElectionKeys keys() {
        return keys;
    }

    Terms terms() {
        return terms;
    }
}
