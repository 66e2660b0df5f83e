/** The libraries that are compared, each used as its users use it. */
@NullMarked
package io.github.election4j.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
