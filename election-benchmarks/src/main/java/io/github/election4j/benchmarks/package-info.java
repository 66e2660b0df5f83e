/** Measures elections beside a floor and other libraries. */
@NullMarked
package io.github.election4j.benchmarks;

import org.jspecify.annotations.NullMarked;
