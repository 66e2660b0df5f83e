/**
 * Leader election on etcd: the public API.
 *
 * <p>What is <em>not</em> promised: a true answer of {@link io.github.election4j.Election#isLeader()} may be stale by
 * the time the caller acts on it; a thread can be paused between the two. Work that must never run twice carries the
 * {@linkplain io.github.election4j.Leadership#fencingToken() fencing token} to the resource it changes.
 *
 * <p>What is promised, and by which rule, is in {@code docs/safety.md}; the rules are cited as S1 to S4, L1 to L3 and
 * P1 to P11 throughout the code.
 */
@NullMarked
package io.github.election4j;

import org.jspecify.annotations.NullMarked;
