/** The same work while members of both kinds run. */
@NullMarked
package io.github.election4j.migration.during;

import org.jspecify.annotations.NullMarked;
