/** The same work as led by Election4J. */
@NullMarked
package io.github.election4j.migration.after;

import org.jspecify.annotations.NullMarked;
