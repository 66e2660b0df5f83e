/** Tests of the package of the same name. */
@NullMarked
package io.github.election4j.spring.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
