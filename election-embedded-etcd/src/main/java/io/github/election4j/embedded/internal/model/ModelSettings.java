package io.github.election4j.embedded.internal.model;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What an etcd is, besides its data.
 *
 * @param clusterId told in every answer
 * @param memberId told in every answer
 * @param minimumLeaseTtl what shorter leases get instead; 2 s with etcd's own defaults
 * @param keptRevisions how much history is kept: what lies further back than this many revisions is compacted at each
 *     commit, as etcd's auto-compaction by revision does it every few minutes; positive
 * @param leaseIds ids of leases for those who ask for none; positive
 */
public record ModelSettings(
        long clusterId, long memberId, Duration minimumLeaseTtl, long keptRevisions, LongSupplier leaseIds) {}
