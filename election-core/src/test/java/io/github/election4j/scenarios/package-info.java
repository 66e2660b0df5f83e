/** What users see, on a real etcd. */
@NullMarked
package io.github.election4j.scenarios;

import org.jspecify.annotations.NullMarked;
