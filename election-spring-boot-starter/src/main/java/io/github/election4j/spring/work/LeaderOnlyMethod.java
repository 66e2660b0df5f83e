package io.github.election4j.spring.work;

import io.github.election4j.Election;
import io.github.election4j.internal.runtime.LeaderCall;
import io.github.election4j.internal.runtime.LeaderCalls;
import io.github.election4j.spring.LeaderOnly.OnFollower;
import io.github.election4j.spring.NotLeaderException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** What is done with the calls of a method that only the leader makes. Any thread. */
record LeaderOnlyMethod(
        Election election,
        LeaderCalls calls,
        OnFollower onFollower,
        boolean interruptOnLoss,
        ReturnKind kind,
        Class<?> returnType) {
    @Nullable
    Object call(ProxyMethodInvocation invocation) throws Exception {
        if (kind == ReturnKind.REACTIVE) {
            return ReactiveCalls.decideAtSubscription(this, invocation);
        }
        LeaderCall call = calls.begin();
        if (call != null) {
            return make(call, invocation);
        }
        if (onFollower == OnFollower.REJECT) {
            throw notLeader();
        }
        return kind == ReturnKind.OPTIONAL ? emptyOptional() : null;
    }

    /** In flight until it has returned, or what it returns is done. */
    private @Nullable Object make(LeaderCall call, ProxyMethodInvocation invocation) throws Exception {
        boolean goesOn = false;
        try {
            Object result = proceed(call, invocation);
            if (result instanceof CompletionStage<?> stage) {
                stage.whenComplete((value, failure) -> call.end());
                goesOn = true;
            }
            return result;
        } finally {
            if (!goesOn) {
                call.end();
            }
        }
    }

    /** Throws whatever the method throws. */
    @Nullable
    Object proceed(LeaderCall call, ProxyMethodInvocation invocation) throws Exception {
        return call.run(interruptOnLoss, () -> {
            try {
                return invocation.proceed();
            } catch (Exception | Error thrown) {
                throw thrown;
            } catch (Throwable other) {
                throw new IllegalStateException(other);
            }
        });
    }

    NotLeaderException notLeader() {
        return new NotLeaderException(election.name(), election.leader().orElse(null));
    }

    private Object emptyOptional() {
        if (returnType == OptionalInt.class) {
            return OptionalInt.empty();
        }
        if (returnType == OptionalLong.class) {
            return OptionalLong.empty();
        }
        return returnType == OptionalDouble.class ? OptionalDouble.empty() : Optional.empty();
    }
}
