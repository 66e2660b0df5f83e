/** Elections as part of a Spring application: events and life cycle. */
@NullMarked
package io.github.election4j.spring;

import org.jspecify.annotations.NullMarked;
