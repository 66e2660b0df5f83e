/**
 * Measures, on three real etcd members and three member processes in network namespaces of their own, whether two
 * members ever answered true at one instant.
 */
@NullMarked
package io.github.election4j.rig;

import org.jspecify.annotations.NullMarked;
