/** Tests of what carries the machines out. */
@NullMarked
package io.github.election4j.internal.runtime;

import org.jspecify.annotations.NullMarked;
