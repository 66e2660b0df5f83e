/** What is measured. */
@NullMarked
package io.github.election4j.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
