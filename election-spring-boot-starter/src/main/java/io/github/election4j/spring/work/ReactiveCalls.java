package io.github.election4j.spring.work;

import io.github.election4j.internal.runtime.LeaderCall;
import io.github.election4j.spring.LeaderOnly.OnFollower;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls of methods that return a publisher. The method itself is called at each subscription, if this member leads
 * then. Loaded only where there is such a method, and so Reactor.
 */
final class ReactiveCalls {
    private final LeaderOnlyMethod method;
    private final ProxyMethodInvocation invocation;
    private final ReactiveAdapter adapter;

    private ReactiveCalls(LeaderOnlyMethod method, ProxyMethodInvocation invocation, ReactiveAdapter adapter) {
        this.method = method;
        this.invocation = invocation;
        this.adapter = adapter;
    }

    static Object decideAtSubscription(LeaderOnlyMethod method, ProxyMethodInvocation invocation) {
        ReactiveAdapter adapter = Objects.requireNonNull(
                ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.returnType()));
        ReactiveCalls calls = new ReactiveCalls(method, invocation, adapter);
        return adapter.fromPublisher(adapter.isMultiValue() ? Flux.defer(calls::many) : Mono.defer(calls::one));
    }

    /** Whoever consumes it must not take what was cancelled for complete: the loss is an error. */
    private Flux<Object> many() {
        LeaderCall call = method.calls().begin();
        if (call == null) {
            return Flux.from(onFollower());
        }
        CompletableFuture<Object> lost = loss(call);
        return Flux.from(make(call))
                .takeUntilOther(Mono.fromFuture(lost, true).onErrorComplete()) // an error would not cancel
                .concatWith(Mono.defer(() -> lost.isDone() ? Mono.fromFuture(lost) : Mono.empty()))
                .doFinally(signal -> call.end());
    }

    private Mono<Object> one() {
        LeaderCall call = method.calls().begin();
        return call == null
                ? onFollower()
                : Mono.firstWithSignal(Mono.<Object>from(make(call)), Mono.fromFuture(loss(call), true))
                        .doFinally(signal -> call.end());
    }

    private Mono<Object> onFollower() {
        return method.onFollower() == OnFollower.REJECT ? Mono.error(method.notLeader()) : Mono.empty();
    }

    private Publisher<Object> make(LeaderCall call) {
        try {
            // Each subscription goes through what is around the method beneath this anew.
            Object made = method.proceed(call, (ProxyMethodInvocation) invocation.invocableClone());
            return adapter.toPublisher(made);
        } catch (Exception thrown) {
            return Mono.error(thrown);
        } catch (Error thrown) {
            call.end();
            throw thrown;
        }
    }

    private CompletableFuture<Object> loss(LeaderCall call) {
        CompletableFuture<Object> lost = new CompletableFuture<>();
        call.onLoss(() -> lost.completeExceptionally(method.notLeader()));
        return lost;
    }
}
