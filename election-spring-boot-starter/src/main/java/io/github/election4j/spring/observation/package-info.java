/** Observations of what listeners of the application do, for traces. */
@NullMarked
package io.github.election4j.spring.observation;

import org.jspecify.annotations.NullMarked;
