package io.github.election4j.examples;

import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.etcd.EtcdElections;
import java.time.Duration;
import java.util.function.LongConsumer;

/** An application without Spring. */
final class PlainJava {
    private PlainJava() {}

    static void run(String endpoint, LongConsumer work) {
        Elections elections = EtcdElections.builder()
                .endpoints(endpoint)
                .leaseDuration(Duration.ofSeconds(10))
                .build();
        Election election =
                elections.join(ElectionConfig.of("/election/reports", "m1").withAddress("http://host:8080"));

        election.whileLeading(term -> work.accept(term.fencingToken())); // a thread, interrupted when the term ends
        election.resign().thenAccept(outcome -> System.out.println(outcome));

        elections.close(); // hands over, leaves the queue, ends the lease
    }
}
