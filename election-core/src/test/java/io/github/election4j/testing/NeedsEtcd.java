package io.github.election4j.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that need an etcd. Where its programs are not installed they are skipped, or fail: see {@link Evidence}.
 * {@code -Dgroups=etcd} runs these alone, on another version of etcd for example.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("etcd")
@ExtendWith(EtcdCondition.class)
public @interface NeedsEtcd {
    /** Whether only a real one will do: several members, authentication, TLS, quotas. */
    boolean real() default false;

    /** Whether {@code etcdctl} is used. */
    boolean etcdctl() default false;
}
