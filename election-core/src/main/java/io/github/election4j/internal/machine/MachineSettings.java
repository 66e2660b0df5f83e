package io.github.election4j.internal.machine;

import io.github.election4j.ElectionConfig.HandOverTo;

/**
 * The settings of an election machine.
 *
 * @param keys where the election keeps what
 * @param id this member's identity
 * @param address this member's address
 * @param group which beat of this process proves its places here
 * @param stepDownNanos how long to wait for revoke listeners
 * @param requestNanos the deadline of a request
 * @param timing the timing that was asked for, until the session tells the granted one
 * @param evicted whether to start evicted
 * @param handOverTo who leads after this member
 */
public record MachineSettings(
        ElectionKeys keys,
        String id,
        String address,
        int group,
        long stepDownNanos,
        long requestNanos,
        Timing timing,
        boolean evicted,
        HandOverTo handOverTo) {
    /** {@return the same, starting evicted or not} */
    MachineSettings withEvicted(boolean startEvicted) {
        return new MachineSettings(
                keys, id, address, group, stepDownNanos, requestNanos, timing, startEvicted, handOverTo);
    }

    /** {@return the bound of every back-off: a member is back soon after etcd is} */
    long backOffCapNanos() {
        return timing.periodNanos();
    }

    /** {@return how long a command may take} */
    long commandNanos() {
        return stepDownNanos + requestNanos;
    }
}
