/** Auto-configuration of the health indicator. */
@NullMarked
package io.github.election4j.spring.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
