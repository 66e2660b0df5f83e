/** Auto-configuration of metrics. */
@NullMarked
package io.github.election4j.spring.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
