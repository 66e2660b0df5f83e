/** Elections for Spring Integration. */
@NullMarked
package io.github.election4j.spring.integration;

import org.jspecify.annotations.NullMarked;
