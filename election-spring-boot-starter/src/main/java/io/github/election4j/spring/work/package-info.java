/** What makes {@link io.github.election4j.spring.LeaderOnly} work. */
@NullMarked
package io.github.election4j.spring.work;

import org.jspecify.annotations.NullMarked;
