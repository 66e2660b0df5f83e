package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.spring.web.LeaderExchangeFilter;
import io.github.election4j.spring.web.LeaderRequestInterceptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Each kind of client, as docs/leader-requests.md has them. */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "orders", types = LeaderClients.OrderService.class)
class LeaderClients {
    @Bean
    RestClient leaderClient(RestClient.Builder builder, Election election) {
        return builder.requestInterceptor(new LeaderRequestInterceptor(election))
                .build();
    }

    @Bean
    WebClient leaderWebClient(WebClient.Builder builder, Election election) {
        return builder.filter(new LeaderExchangeFilter(election)).build();
    }

    @Bean
    RestClientHttpServiceGroupConfigurer ordersOfTheLeader(Election election) {
        return groups -> groups.filterByName("orders")
                .forEachClient((group, builder) -> builder.requestInterceptor(new LeaderRequestInterceptor(election)));
    }

    interface OrderService {
        @GetExchange("/orders")
        String all();
    }
}
