/**
 * The protocol, pure: no I/O, clock, thread or randomness. A machine takes an input, the time and a random number, and
 * returns effects for the runtime to perform. It is confined to the caller that owns it.
 *
 * <p>Where each rule lives: P1 {@code SessionMachine}; P2 {@code Entering}; P3 and P6 {@code Following}; P4
 * {@code Beats}, and {@code Proving} for what they cover; P5 and P9 {@code ElectionMachine}; P7 {@code Claims},
 * {@code EarlierLeaders} for who led before the queue was read, {@code Departures} for who vanished since,
 * {@code Lowering}, {@code UnbrokenWatch} and {@code MarkKeeping}; P8 {@code Retiring}; P10 {@code Transactions#clear};
 * P11 {@code Retry}; P12 {@code TakeOver} and {@code FollowedBeats}; P13 {@code History}. What the session has to
 * remember, whatever becomes of an election: {@code ElectionMemory}.
 */
@NullMarked
package io.github.election4j.internal.machine;

import org.jspecify.annotations.NullMarked;
