/** What docs/migrating.md shows, run where that needs no store. */
@NullMarked
package io.github.election4j.migration;

import org.jspecify.annotations.NullMarked;
