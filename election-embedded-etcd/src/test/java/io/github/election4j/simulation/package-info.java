/**
 * The production loop and machines in virtual time, on the model of etcd, under faults: one thread, and the same run
 * for the same seed.
 */
@NullMarked
package io.github.election4j.simulation;

import org.jspecify.annotations.NullMarked;
