/** Bugs of the protocol that nobody has made, to see that the tests would find them. */
@NullMarked
package io.github.election4j.planted;

import org.jspecify.annotations.NullMarked;
