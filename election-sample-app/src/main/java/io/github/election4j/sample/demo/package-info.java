/** A demonstration for one terminal. */
@NullMarked
package io.github.election4j.sample.demo;

import org.jspecify.annotations.NullMarked;
