package io.github.election4j.embedded.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches unless the endpoints of etcd are configured, in any of the forms that a list can have. */
class OnNoEndpoints extends SpringBootCondition {
    private static final String ENDPOINTS = "election.etcd.endpoints";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean configured = Binder.get(context.getEnvironment())
                .bind(ENDPOINTS, Bindable.listOf(String.class))
                .isBound();
        ConditionMessage.Builder message = ConditionMessage.forCondition("embedded etcd");
        return configured
                ? ConditionOutcome.noMatch(message.found("property").items(ENDPOINTS))
                : ConditionOutcome.match(message.didNotFind("property").items(ENDPOINTS));
    }
}
