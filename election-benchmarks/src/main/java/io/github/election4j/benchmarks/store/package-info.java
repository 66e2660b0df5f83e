/** What members coordinate through: servers started for a scenario. */
@NullMarked
package io.github.election4j.benchmarks.store;

import org.jspecify.annotations.NullMarked;
