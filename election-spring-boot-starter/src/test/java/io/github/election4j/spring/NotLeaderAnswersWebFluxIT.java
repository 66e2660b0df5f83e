package io.github.election4j.spring;

import io.github.election4j.testing.NeedsEtcd;
import java.util.List;

/** WebFlux answers the same. */
@NeedsEtcd
class NotLeaderAnswersWebFluxIT extends NotLeaderAnswersIT {
    @Override
    List<String> web() {
        // Netty would wait two seconds for late requests whenever a context closes.
        return List.of("spring.main.web-application-type=reactive", "spring.reactor.netty.shutdown-quiet-period=0s");
    }
}
