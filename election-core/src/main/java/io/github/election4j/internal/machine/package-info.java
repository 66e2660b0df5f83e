/**
 * The protocol, pure: no I/O, clock, thread or randomness. A machine takes an input, the time and a random number, and
 * returns effects for the runtime to perform. It is confined to the caller that owns it.
 *
 * <p>Where each rule lives: P1 {@code SessionMachine}; P2 {@code Entering}; P3 and P6 {@code QueueWatch} and
 * {@code Queue}; P4 {@code Heartbeat}; P5 and P9 {@code ElectionMachine}; P7 {@code Horizon} and {@code MarkRemoval};
 * P8 {@code Leaving}; P10 {@code Transactions#clear}; P11 {@code Retry}.
 */
@NullMarked
package io.github.election4j.internal.machine;

import org.jspecify.annotations.NullMarked;
