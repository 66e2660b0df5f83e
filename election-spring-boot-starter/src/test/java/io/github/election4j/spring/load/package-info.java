/** What only the leader does, while leaders come and go. */
@NullMarked
package io.github.election4j.spring.load;

import org.jspecify.annotations.NullMarked;
