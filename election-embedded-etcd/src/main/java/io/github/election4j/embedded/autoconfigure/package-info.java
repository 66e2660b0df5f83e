/** Without endpoints, and with this module on the class path, an application uses an etcd in the JVM. */
@NullMarked
package io.github.election4j.embedded.autoconfigure;

import org.jspecify.annotations.NullMarked;
