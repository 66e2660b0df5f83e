/** Auto-configuration for observations. */
@NullMarked
package io.github.election4j.spring.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
