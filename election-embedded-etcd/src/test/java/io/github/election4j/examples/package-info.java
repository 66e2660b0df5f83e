/** What the documentation shows, compiled and run, and the check that it shows nothing else. */
@NullMarked
package io.github.election4j.examples;

import org.jspecify.annotations.NullMarked;
