/** What an application tells of itself. */
@NullMarked
package io.github.election4j.spring.info;

import org.jspecify.annotations.NullMarked;
