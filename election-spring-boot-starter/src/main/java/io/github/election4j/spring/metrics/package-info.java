/** Metrics. */
@NullMarked
package io.github.election4j.spring.metrics;

import org.jspecify.annotations.NullMarked;
