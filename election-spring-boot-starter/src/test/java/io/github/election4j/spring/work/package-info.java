/** Tests of what only the leader does. */
@NullMarked
package io.github.election4j.spring.work;

import org.jspecify.annotations.NullMarked;
