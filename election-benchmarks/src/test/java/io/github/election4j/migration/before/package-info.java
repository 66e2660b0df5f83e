/** The same work as led by other libraries. */
@NullMarked
package io.github.election4j.migration.before;

import org.jspecify.annotations.NullMarked;
