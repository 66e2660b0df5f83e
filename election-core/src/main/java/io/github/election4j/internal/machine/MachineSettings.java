package io.github.election4j.internal.machine;

/**
 * The settings of an election machine.
 *
 * @param key the election's key
 * @param id this member's identity
 * @param address this member's address
 * @param stepDownNanos how long to wait for revoke listeners
 * @param requestNanos the deadline of a request
 * @param timing the timing that was asked for, until the session tells the granted one
 * @param evicted whether to start evicted
 */
public record MachineSettings(
        String key, String id, String address, long stepDownNanos, long requestNanos, Timing timing, boolean evicted) {
    private static final String MARK_PREFIX = "/election4j/held";

    /** {@return what every candidate's key starts with} */
    public String prefix() {
        return key + "/";
    }

    /** {@return the key of the mark (P7), which has no lease} */
    public String markKey() {
        return MARK_PREFIX + key;
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
