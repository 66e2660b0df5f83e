/** Tests of the sample. */
@NullMarked
package io.github.election4j.sample;

import org.jspecify.annotations.NullMarked;
