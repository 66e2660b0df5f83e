package io.github.election4j.spring;

import io.github.election4j.ElectionListener;

/**
 * A listener of the starter's own that starts what the leader is there for. Where it throws on a grant, the member
 * steps down and stands aside for a while, whatever {@code election.resign-on-failed-start} says.
 *
 * @since 0.1.0
 */
public interface EssentialListener extends ElectionListener {}
