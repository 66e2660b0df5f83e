/** Auto-configuration for requests that reach a member which does not lead. */
@NullMarked
package io.github.election4j.spring.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
