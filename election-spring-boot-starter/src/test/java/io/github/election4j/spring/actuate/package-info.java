/** Tests of the endpoints. */
@NullMarked
package io.github.election4j.spring.actuate;

import org.jspecify.annotations.NullMarked;
