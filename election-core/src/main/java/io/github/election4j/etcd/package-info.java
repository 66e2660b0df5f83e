/** Elections on etcd through jetcd: how to build them, and how to guard writes of one's own. */
@NullMarked
package io.github.election4j.etcd;

import org.jspecify.annotations.NullMarked;
