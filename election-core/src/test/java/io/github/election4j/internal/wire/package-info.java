/** Tests of the wire format. */
@NullMarked
package io.github.election4j.internal.wire;

import org.jspecify.annotations.NullMarked;
