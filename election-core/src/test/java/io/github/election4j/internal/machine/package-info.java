/** Tests of the protocol, in virtual time. */
@NullMarked
package io.github.election4j.internal.machine;

import org.jspecify.annotations.NullMarked;
