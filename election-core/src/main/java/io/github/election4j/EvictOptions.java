package io.github.election4j;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an eviction that lasts is to be ({@link Election#evict(EvictOptions)}); immutable.
 *
 * @param id whom to evict
 * @param duration how long, at least 2 s and at most 10,000 days; null until it is cancelled
 * @param by who asks for it, for people to see; empty for nobody
 * @param reason why, for people to see; may be empty
 * @since 0.1.0
 */
public record EvictOptions(String id, @Nullable Duration duration, String by, String reason) {
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofDays(10_000);
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_TEXT = 1_024;

    /**
     * Creates options.
     *
     * @throws InvalidElectionConfigException if one of them cannot be used
     * @param id see {@link #id()}
     * @param duration see {@link #duration()}
     * @param by see {@link #by()}
     * @param reason see {@link #reason()}
     */
    public EvictOptions {
        SettingText.require("id", id, LONGEST_ID);
        SettingText.requireIfAny("by", by, LONGEST_TEXT);
        SettingText.requireIfAny("reason", reason, LONGEST_TEXT);
        if (duration != null && (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0)) {
            throw new InvalidElectionConfigException(
                    "duration", duration + " is out of range", "Choose a value between 2s and 10000d, or none.");
        }
    }

    /**
     * {@return options for an eviction until it is cancelled}
     *
     * @param id whom to evict
     */
    public static EvictOptions of(String id) {
        return new EvictOptions(id, null, "", "");
    }

    /**
     * {@return a copy that ends by itself}
     *
     * @param newDuration how long etcd keeps it, in whole seconds, rounded up
     */
    public EvictOptions withDuration(Duration newDuration) {
        return new EvictOptions(id, Objects.requireNonNull(newDuration, "duration"), by, reason);
    }

    /**
     * {@return a copy that says who asks for it}
     *
     * @param newBy who
     */
    public EvictOptions withBy(String newBy) {
        return new EvictOptions(id, duration, newBy, reason);
    }

    /**
     * {@return a copy that says why}
     *
     * @param newReason why
     */
    public EvictOptions withReason(String newReason) {
        return new EvictOptions(id, duration, by, newReason);
    }
}
