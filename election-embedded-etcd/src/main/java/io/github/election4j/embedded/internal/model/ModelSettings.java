package io.github.election4j.embedded.internal.model;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What an etcd is, besides its data.
 *
 * @param clusterId told in every answer
 * @param memberId told in every answer
 * @param minimumLeaseTtl what shorter leases get instead; 2 s with etcd's own defaults
 * @param leaseIds ids of leases for those who ask for none; positive
 */
public record ModelSettings(long clusterId, long memberId, Duration minimumLeaseTtl, LongSupplier leaseIds) {}
