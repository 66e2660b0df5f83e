/** An etcd in this JVM, for development and tests: in memory, on a loopback port, with faults on demand. */
@NullMarked
package io.github.election4j.embedded;

import org.jspecify.annotations.NullMarked;
