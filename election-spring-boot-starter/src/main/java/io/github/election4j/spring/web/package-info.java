/** Requests that reach the leader. */
@NullMarked
package io.github.election4j.spring.web;

import org.jspecify.annotations.NullMarked;
