package io.github.election4j;

import java.time.Duration;

/**
 * An election and this member's part in it; immutable.
 *
 * <p>No part is null or blank, but the address may be empty, and none has control characters or halves of characters
 * (lone surrogates), which UTF-8 cannot encode. A name and an id have at most 256 characters, a key and an address
 * 1,024, counted as {@link String#length()} does.
 *
 * @param name the name of the election in this process; default {@code default}
 * @param key the key in etcd that all members of the election share. Candidates live under {@code key + "/"}, always: a
 *     key that ends in a slash gives two, as in Go
 * @param id the identity of this member; should differ between members, though nothing unsafe follows if it does not
 * @param address where other members reach this one; may be empty
 * @param stepDownTimeout how long a step-down waits for revoke listeners before it releases all the same (S4); default
 *     5 s. Too small, and work overlaps with the successor's; too large, and a hanging listener delays the hand-over
 * @param evicted whether to start evicted: follow the election and stay out of the queue; default false
 * @param handOverTo who leads after this member, if it gives up its leadership in order; default the next in the queue
 * @since 0.1.0
 */
public record ElectionConfig(
        String name,
        String key,
        String id,
        String address,
        Duration stepDownTimeout,
        boolean evicted,
        HandOverTo handOverTo) {
    private static final Duration LONGEST_STEP_DOWN = Duration.ofHours(1);
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_TEXT = 1_024;

    /**
     * Creates a configuration.
     *
     * @throws InvalidElectionConfigException if a setting cannot be used
     * @param name see {@link #name()}
     * @param key see {@link #key()}
     * @param id see {@link #id()}
     * @param address see {@link #address()}
     * @param stepDownTimeout see {@link #stepDownTimeout()}
     * @param evicted see {@link #evicted()}
     * @param handOverTo see {@link #handOverTo()}
     */
    public ElectionConfig {
        SettingText.require("name", name, LONGEST_NAME);
        SettingText.require("key", key, LONGEST_TEXT);
        SettingText.require("id", id, LONGEST_NAME);
        SettingText.requireIfAny("address", address, LONGEST_TEXT);
        SettingText.given("handOverTo", handOverTo);
        if (SettingText.given("stepDownTimeout", stepDownTimeout).isNegative()
                || stepDownTimeout.compareTo(LONGEST_STEP_DOWN) > 0) {
            throw new InvalidElectionConfigException(
                    "stepDownTimeout", stepDownTimeout + " is out of range", "Choose a value between 0s and 1h.");
        }
    }

    /**
     * Creates a configuration with defaults.
     *
     * @param key the key in etcd that all members of the election share
     * @param id the identity of this member
     * @return the configuration
     * @throws InvalidElectionConfigException if key or id cannot be used
     */
    public static ElectionConfig of(String key, String id) {
        return new ElectionConfig("default", key, id, "", Duration.ofSeconds(5), false, HandOverTo.NEXT);
    }

    /**
     * {@return a copy with another name}
     *
     * @param newName the name of the election in this process
     */
    public ElectionConfig withName(String newName) {
        return new ElectionConfig(newName, key, id, address, stepDownTimeout, evicted, handOverTo);
    }

    /**
     * {@return a copy with another address}
     *
     * @param newAddress where other members reach this one
     */
    public ElectionConfig withAddress(String newAddress) {
        return new ElectionConfig(name, key, id, newAddress, stepDownTimeout, evicted, handOverTo);
    }

    /**
     * {@return a copy with another step-down timeout}
     *
     * @param newTimeout how long a step-down waits for revoke listeners
     */
    public ElectionConfig withStepDownTimeout(Duration newTimeout) {
        return new ElectionConfig(name, key, id, address, newTimeout, evicted, handOverTo);
    }

    /**
     * {@return a copy that starts evicted or not}
     *
     * @param startEvicted whether to start evicted
     */
    public ElectionConfig withEvicted(boolean startEvicted) {
        return new ElectionConfig(name, key, id, address, stepDownTimeout, startEvicted, handOverTo);
    }

    /**
     * {@return a copy that hands over to another}
     *
     * @param newHandOverTo who leads after this member
     */
    public ElectionConfig withHandOverTo(HandOverTo newHandOverTo) {
        return new ElectionConfig(name, key, id, address, stepDownTimeout, evicted, newHandOverTo);
    }

    /**
     * Who leads after a member that gives up its leadership in order: by {@code resign}, {@code evict} or
     * {@code close}.
     */
    public enum HandOverTo {
        /** Who has waited longest. */
        NEXT,
        /**
         * Who has waited shortest: in a rolling deploy that starts a new member before it stops an old one, that is a
         * new one. Those who have waited longer enter the queue again behind it. Not beyond a member that is not of
         * Election4J, nor where more than a hundred would have to give way.
         */
        NEWEST
    }
}
