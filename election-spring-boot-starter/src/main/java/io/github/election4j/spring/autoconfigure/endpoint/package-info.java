/** Auto-configuration of the actuator endpoint. */
@NullMarked
package io.github.election4j.spring.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
