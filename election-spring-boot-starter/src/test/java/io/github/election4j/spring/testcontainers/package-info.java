/** Tests of what containers tell. */
@NullMarked
package io.github.election4j.spring.testcontainers;

import org.jspecify.annotations.NullMarked;
