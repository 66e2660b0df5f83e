/** Tests of the etcd that is used when none is named. */
@NullMarked
package io.github.election4j.embedded.autoconfigure;

import org.jspecify.annotations.NullMarked;
