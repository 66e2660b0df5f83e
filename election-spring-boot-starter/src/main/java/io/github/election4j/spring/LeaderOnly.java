package io.github.election4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what only the leader does: a method of a bean, alone or with {@code @Scheduled}, {@code @EventListener},
 * {@code @Async} or a mapping of a controller, or a whole {@link org.springframework.context.SmartLifecycle} bean.
 *
 * <p>On a method: a call goes through while this member leads, and meanwhile
 * {@link io.github.election4j.Leadership#current()} is its term. On a follower it does what {@link #onFollower()} says.
 * An ordered step-down waits for calls in flight, up to {@code election.step-down-timeout}; a call that itself resigns
 * is not waited for. A method that returns a {@link java.util.concurrent.CompletionStage} is in flight until that is
 * done. A method that returns a reactive type decides at each subscription, and is cancelled when the term ends. If the
 * term is lost nobody can wait: guard writes by the fencing token, or call
 * {@link io.github.election4j.Leadership#requireValid()} first.
 *
 * <p>On a class that is a {@code SmartLifecycle}, or a {@code @Bean} method that makes one: the context does not start
 * it. It is started when this member is granted the leadership, and stopped before the successor begins.
 *
 * <p>What could not work is refused when the application starts: a private, static or final method, a return type that
 * a follower cannot skip, an election that is not there, a call on {@code this}, which no proxy sees.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface LeaderOnly {
    /** {@return the name of the election; by default the only one, or the primary one} */
    String value() default "";

    /** {@return what a call does on a member that does not lead} */
    OnFollower onFollower() default OnFollower.SKIP;

    /** {@return whether the thread within the method is interrupted when the term ends, in order or not} */
    boolean interruptOnLoss() default false;

    /** What a call does on a member that does not lead. */
    enum OnFollower {
        /**
         * Nothing: the method is not called, and what is returned is nothing, an empty {@code Optional} or publisher.
         */
        SKIP,

        /** Throws {@link NotLeaderException}, which says who leads. */
        REJECT
    }
}
