package io.github.election4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.testing.NeedsEtcd;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import reactor.core.scheduler.Schedulers;

/** All that is claimed of the endpoint holds where WebFlux answers. */
@NeedsEtcd
class ElectionEndpointWebFluxIT extends ElectionEndpointIT {
    @Override
    List<String> web() {
        // Netty would wait two seconds for late requests whenever a context closes.
        return List.of("spring.main.web-application-type=reactive", "spring.reactor.netty.shutdown-quiet-period=0s");
    }

    @Test
    void operationsMayBlockSinceTheyLeaveTheEventLoopAlone() {
        try (ConfigurableApplicationContext application = run(etcd(), Watched.class, "m1", "election.key=/e/loop")) {
            assertThat(application.getBean(NettyReactiveWebServerFactory.class)).isNotNull();
            TestApplication.get(application, "/election");
            TestApplication.get(application, "/election/default");
            TestApplication.get(application, "/leader");
            TestApplication.post(application, "/election/resign");
            TestApplication.post(application, "/election/resign", "{\"election\":\"default\"}");

            assertThat(application.getBean(Watched.class).onTheEventLoop)
                    .hasSize(5)
                    .containsOnly(false);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Watched {
        private final List<Boolean> onTheEventLoop = new CopyOnWriteArrayList<>();

        @Bean
        OperationInvokerAdvisor watching() {
            return (endpoint, type, parameters, invoker) -> context -> {
                onTheEventLoop.add(Schedulers.isInNonBlockingThread());
                return invoker.invoke(context);
            };
        }
    }
}
