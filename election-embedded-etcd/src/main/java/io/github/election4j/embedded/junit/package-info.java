/** An etcd for each test class of JUnit Jupiter. */
@NullMarked
package io.github.election4j.embedded.junit;

import org.jspecify.annotations.NullMarked;
