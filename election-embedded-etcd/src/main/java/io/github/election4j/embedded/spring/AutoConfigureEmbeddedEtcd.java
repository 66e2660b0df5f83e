package io.github.election4j.embedded.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the application context of a Spring test an etcd of its own, as a bean of type
 * {@link io.github.election4j.embedded.EmbeddedEtcd}, and connects the elections of the application to it, whatever
 * {@code election.etcd.*} says. It is closed with the context, after the elections have handed over.
 *
 * <p>Contexts are cached as always: test classes with the same configuration share a context, its etcd and what faults
 * they left there. {@code @DirtiesContext} gives a new one.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureEmbeddedEtcd {}
