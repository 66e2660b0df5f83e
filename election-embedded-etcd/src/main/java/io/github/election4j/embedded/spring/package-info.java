/** An etcd for each application context of a Spring test. */
@NullMarked
package io.github.election4j.embedded.spring;

import org.jspecify.annotations.NullMarked;
