package io.github.election4j.spring;

import io.github.election4j.ElectionListener;

/**
 * A listener of the starter's own, such as that of the metrics. What it does is no work of the application, and is not
 * observed.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface StarterListener extends ElectionListener {}
