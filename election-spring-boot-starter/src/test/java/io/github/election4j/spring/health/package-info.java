/** Tests of the health of elections. */
@NullMarked
package io.github.election4j.spring.health;

import org.jspecify.annotations.NullMarked;
