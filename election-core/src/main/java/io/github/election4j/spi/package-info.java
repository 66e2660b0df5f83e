/** Ports for implementers of a store and for simulation: the engine reaches etcd and time only through these. */
@NullMarked
package io.github.election4j.spi;

import org.jspecify.annotations.NullMarked;
