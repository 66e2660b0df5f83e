/** Owns the machines: one loop for each session, its listeners on threads of their own, and the public facade. */
@NullMarked
package io.github.election4j.internal.runtime;

import org.jspecify.annotations.NullMarked;
