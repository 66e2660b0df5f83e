/** The configuration of Spring Security that is documented, and tests of it. */
@NullMarked
package io.github.election4j.spring.security;

import org.jspecify.annotations.NullMarked;
