/** Tests of what users' tests are written with. */
@NullMarked
package io.github.election4j.embedded.spring;

import org.jspecify.annotations.NullMarked;
