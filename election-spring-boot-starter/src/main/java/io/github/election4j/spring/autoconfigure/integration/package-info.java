/** Auto-configuration for Spring Integration. */
@NullMarked
package io.github.election4j.spring.autoconfigure.integration;

import org.jspecify.annotations.NullMarked;
