/** Auto-configuration for what only the leader does. */
@NullMarked
package io.github.election4j.spring.autoconfigure.work;

import org.jspecify.annotations.NullMarked;
