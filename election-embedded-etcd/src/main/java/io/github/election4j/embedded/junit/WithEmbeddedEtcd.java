package io.github.election4j.embedded.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class an etcd of its own, which a parameter of type {@link io.github.election4j.embedded.EmbeddedEtcd}
 * of a constructor or a method receives. Nested classes share it; it is closed after the last of its tests.
 *
 * @since 0.1.0
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(EmbeddedEtcdExtension.class)
public @interface WithEmbeddedEtcd {}
