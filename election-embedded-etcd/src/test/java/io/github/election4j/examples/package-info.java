/** The examples of the README. */
@NullMarked
package io.github.election4j.examples;

import org.jspecify.annotations.NullMarked;
