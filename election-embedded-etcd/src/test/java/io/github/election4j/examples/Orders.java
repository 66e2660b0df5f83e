package io.github.election4j.examples;

import io.github.election4j.Leadership;
import io.github.election4j.spring.LeaderOnly;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.scheduling.annotation.Scheduled;

/** The same class is in docs/leader-work.md. */
class Orders {
    private final List<Long> shipped = new CopyOnWriteArrayList<>();

    // tag::only[]
    @LeaderOnly
    @Scheduled(fixedRate = 60_000)
    void ship() {
        shipped.add(Leadership.current().fencingToken());
    }

    @LeaderOnly
    Optional<Long> last() {
        return shipped.stream().max(Long::compare);
    }

    @LeaderOnly(onFollower = LeaderOnly.OnFollower.REJECT)
    int count() {
        return shipped.size();
    }
    // end::only[]
}
