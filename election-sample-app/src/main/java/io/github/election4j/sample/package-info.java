/** A job that must run on one node at a time. */
@NullMarked
package io.github.election4j.sample;

import org.jspecify.annotations.NullMarked;
