/** Tests of what runs on the leader only. */
@NullMarked
package io.github.election4j.spring.work;

import org.jspecify.annotations.NullMarked;
