/** The adapter, on a real etcd. */
@NullMarked
package io.github.election4j.etcd;

import org.jspecify.annotations.NullMarked;
