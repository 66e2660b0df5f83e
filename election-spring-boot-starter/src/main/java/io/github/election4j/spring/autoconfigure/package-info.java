/** Auto-configuration of elections. */
@NullMarked
package io.github.election4j.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
