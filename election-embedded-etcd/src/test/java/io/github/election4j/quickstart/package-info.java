/**
 * What the README shows first; compiled, for there is no database to run it on. Away from the application of the
 * examples, which would take it in.
 */
@NullMarked
package io.github.election4j.quickstart;

import org.jspecify.annotations.NullMarked;
