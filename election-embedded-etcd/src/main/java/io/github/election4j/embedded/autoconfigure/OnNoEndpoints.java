package io.github.election4j.embedded.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches unless the endpoints of etcd are configured, in any of the forms that a list can have. */
class OnNoEndpoints extends SpringBootCondition {
    private static final String ENDPOINTS = "election.etcd.endpoints";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean configured = configured(context.getEnvironment());
        ConditionMessage.Builder message = ConditionMessage.forCondition("embedded etcd");
        return configured
                ? ConditionOutcome.noMatch(message.found("property").items(ENDPOINTS))
                : ConditionOutcome.match(message.didNotFind("property").items(ENDPOINTS));
    }

    /** Asked again at run time: where the condition was evaluated ahead of time it did not know. */
    static boolean configured(Environment environment) {
        return Binder.get(environment)
                .bind(ENDPOINTS, Bindable.listOf(String.class))
                .isBound();
    }
}
