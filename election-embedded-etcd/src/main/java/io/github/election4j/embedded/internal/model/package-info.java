/** etcd's state machine: values in, values out; no I/O, no clock, no thread, no randomness. */
@NullMarked
package io.github.election4j.embedded.internal.model;

import org.jspecify.annotations.NullMarked;
