/** What depends on what. */
@NullMarked
package io.github.election4j.architecture;

import org.jspecify.annotations.NullMarked;
