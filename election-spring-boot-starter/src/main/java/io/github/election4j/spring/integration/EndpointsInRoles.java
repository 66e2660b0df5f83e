package io.github.election4j.spring.integration;

import io.github.election4j.Election;
import io.github.election4j.spring.work.LifecycleExclusion;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.Lifecycle;
import org.springframework.integration.config.ConsumerEndpointFactoryBean;
import org.springframework.integration.config.SourcePollingChannelAdapterFactoryBean;
import org.springframework.integration.dsl.StandardIntegrationFlow;
import org.springframework.integration.endpoint.AbstractEndpoint;

/**
 * Endpoints whose role is an election are not started by the context: Spring Integration itself would start them on
 * every member, and stop them at the end of the first term only. What runs is stopped by the context as ever.
 *
 * @since 0.1.0
 */
public final class EndpointsInRoles implements LifecycleExclusion {
    private final ObjectProvider<Election> elections;

    /**
     * Looks for none yet.
     *
     * @param elections whose names are the roles
     */
    public EndpointsInRoles(ObjectProvider<Election> elections) {
        this.elections = elections;
    }

    @Override
    public boolean excludes(String name, Lifecycle bean) {
        return !bean.isRunning() && isInRole(bean);
    }

    /** A flow starts what it is made of; its endpoints are beans of their own, too. */
    private boolean isInRole(@Nullable Object bean) {
        if (bean instanceof StandardIntegrationFlow flow) {
            return flow.getIntegrationComponents().keySet().stream().anyMatch(this::isInRole);
        }
        return endpoint(bean) instanceof AbstractEndpoint endpoint
                && elections.stream()
                        .anyMatch(each -> each.name() != null && each.name().equals(endpoint.getRole()));
    }

    /** The life cycle of some endpoints is that of the factory that makes them. */
    private static @Nullable Object endpoint(@Nullable Object bean) {
        if (bean instanceof ConsumerEndpointFactoryBean consumer) {
            return consumer.getObject();
        }
        return bean instanceof SourcePollingChannelAdapterFactoryBean source ? source.getObject() : bean;
    }
}
