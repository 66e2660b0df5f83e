/** Tests of elections in a Spring application. */
@NullMarked
package io.github.election4j.spring;

import org.jspecify.annotations.NullMarked;
