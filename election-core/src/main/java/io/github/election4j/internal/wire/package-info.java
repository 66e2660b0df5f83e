/** The wire format of a candidate's value, compatible with the Go package and tolerant of any other. */
@NullMarked
package io.github.election4j.internal.wire;

import org.jspecify.annotations.NullMarked;
