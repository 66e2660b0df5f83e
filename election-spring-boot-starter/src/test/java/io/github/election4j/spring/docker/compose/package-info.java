/** Tests of what Docker Compose tells. */
@NullMarked
package io.github.election4j.spring.docker.compose;

import org.jspecify.annotations.NullMarked;
