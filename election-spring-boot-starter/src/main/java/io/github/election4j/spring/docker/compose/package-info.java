/** Where etcd is when Docker Compose runs it. */
@NullMarked
package io.github.election4j.spring.docker.compose;

import org.jspecify.annotations.NullMarked;
