/** Tests of what only the leader does, as applications have it. */
@NullMarked
package io.github.election4j.spring.autoconfigure.work;

import org.jspecify.annotations.NullMarked;
