/** Real parts for integration tests: etcd processes, faults, other JVMs. No mock of anything. */
@NullMarked
package io.github.election4j.testing;

import org.jspecify.annotations.NullMarked;
