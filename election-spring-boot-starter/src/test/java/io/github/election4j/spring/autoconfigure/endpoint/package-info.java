/** Tests of the auto-configuration of the endpoints. */
@NullMarked
package io.github.election4j.spring.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
