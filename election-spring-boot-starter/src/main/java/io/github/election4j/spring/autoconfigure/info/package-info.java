/** Auto-configuration for what an application tells of itself. */
@NullMarked
package io.github.election4j.spring.autoconfigure.info;

import org.jspecify.annotations.NullMarked;
