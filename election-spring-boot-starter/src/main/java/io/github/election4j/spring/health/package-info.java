/** The health indicator. */
@NullMarked
package io.github.election4j.spring.health;

import org.jspecify.annotations.NullMarked;
