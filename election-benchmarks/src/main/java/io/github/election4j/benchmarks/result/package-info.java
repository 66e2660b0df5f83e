/** Figures, and how they are shown. */
@NullMarked
package io.github.election4j.benchmarks.result;

import org.jspecify.annotations.NullMarked;
