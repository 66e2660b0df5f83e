/** Tests of the auto-configuration. */
@NullMarked
package io.github.election4j.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
