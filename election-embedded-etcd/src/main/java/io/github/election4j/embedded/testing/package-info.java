/** For unit tests of code that depends on who leads: no etcd, no thread, no waiting. */
@NullMarked
package io.github.election4j.embedded.testing;

import org.jspecify.annotations.NullMarked;
