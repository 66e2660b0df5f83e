/** The contract of the store port, for every implementation. */
@NullMarked
package io.github.election4j.spi;

import org.jspecify.annotations.NullMarked;
