/** What etcd answers, asked alike of the embedded one and of the real one. */
@NullMarked
package io.github.election4j.embedded.contract;

import org.jspecify.annotations.NullMarked;
