package io.github.election4j.spring.autoconfigure;

import io.github.election4j.ElectionConfig.HandOverTo;
import io.github.election4j.spring.Candidacy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Properties of one election; what an instance leaves out it takes from above.
 *
 * @since 0.1.0
 */
public class ElectionInstanceProperties {
    /** Whether to start with the application; true unless set. */
    private @Nullable Boolean autoStartup;

    /** When to be a candidate: 'ready' unless set. */
    private @Nullable Candidacy candidacy;

    /** Key in etcd that all members share; '/election/' and the name of the application unless set. */
    private @Nullable String key;

    /** Identity of this member; host and server port unless set, or something random without a web server. */
    private @Nullable String id;

    /** Address of this member; 'http://', host and server port unless set. */
    private @Nullable String address;

    /**
     * How long a step-down waits for listeners before the successor may start; 5s unless set. A number without a unit
     * is milliseconds.
     */
    private @Nullable Duration stepDownTimeout;

    /** Whether to start evicted: to follow and stay out of the queue. */
    private @Nullable Boolean evicted;

    /**
     * Who leads after this member when it resigns, is evicted or stops: 'next' in the queue unless set, or 'newest'.
     */
    private @Nullable HandOverTo handOverTo;

    /**
     * Whether to step down when a listener fails on the grant of a term, and to stand aside for 1s, twice as long each
     * time, 1m at the most; false unless set.
     */
    private @Nullable Boolean resignOnFailedStart;

    public @Nullable Boolean getAutoStartup() {
        return autoStartup;
    }

    public void setAutoStartup(@Nullable Boolean autoStartup) {
        this.autoStartup = autoStartup;
    }

    public @Nullable Candidacy getCandidacy() {
        return candidacy;
    }

    public void setCandidacy(@Nullable Candidacy candidacy) {
        this.candidacy = candidacy;
    }

    public @Nullable String getKey() {
        return key;
    }

    public void setKey(@Nullable String key) {
        this.key = key;
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getAddress() {
        return address;
    }

    public void setAddress(@Nullable String address) {
        this.address = address;
    }

    public @Nullable Duration getStepDownTimeout() {
        return stepDownTimeout;
    }

    public void setStepDownTimeout(@Nullable Duration stepDownTimeout) {
        this.stepDownTimeout = stepDownTimeout;
    }

    public @Nullable Boolean getEvicted() {
        return evicted;
    }

    public void setEvicted(@Nullable Boolean evicted) {
        this.evicted = evicted;
    }

    public @Nullable HandOverTo getHandOverTo() {
        return handOverTo;
    }

    public void setHandOverTo(@Nullable HandOverTo handOverTo) {
        this.handOverTo = handOverTo;
    }

    public @Nullable Boolean getResignOnFailedStart() {
        return resignOnFailedStart;
    }

    public void setResignOnFailedStart(@Nullable Boolean resignOnFailedStart) {
        this.resignOnFailedStart = resignOnFailedStart;
    }
}
