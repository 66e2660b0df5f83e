/** The gRPC face of the model, its threads and its faults. */
@NullMarked
package io.github.election4j.embedded.internal.server;

import org.jspecify.annotations.NullMarked;
