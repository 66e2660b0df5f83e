package io.github.election4j.internal.runtime;

import java.time.Duration;

/**
 * The settings of a session.
 *
 * @param leaseDuration the time to live to ask for
 * @param requestTimeout the longest a request that somebody waits for may take
 * @param connectTimeout the longest that making a connection may take, before the first request
 */
public record SessionSettings(Duration leaseDuration, Duration requestTimeout, Duration connectTimeout) {}
