/** Where etcd is when Testcontainers runs it. */
@NullMarked
package io.github.election4j.spring.testcontainers;

import org.jspecify.annotations.NullMarked;
