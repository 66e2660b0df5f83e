/** The protocol as a model, searched exhaustively. */
@NullMarked
package io.github.election4j.model;

import org.jspecify.annotations.NullMarked;
