package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Election;
import io.github.election4j.ElectionEvent.ElectionError;
import io.github.election4j.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** L2: a failure of the session is one, however many elections it has. */
class SessionFailuresTests {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String[] NAMES = {"a", "b", "c"};

    private final LogCapture log = new LogCapture(ErrorLog.class);
    private final Bench bench = new Bench();
    private final List<Election> elections = bench.lead(NAMES);
    private final Map<String, List<String>> heard = new HashMap<>();

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void isLoggedOnceAndToldToEachElectionAsSeldomAsItIsLogged() {
        for (Election election : elections) {
            List<String> messages = new ArrayList<>();
            heard.put(election.name(), messages);
            election.addListener(event -> {
                if (event instanceof ElectionError error) {
                    messages.add(error.operation());
                }
            });
        }

        bench.store().fail(StoreException.Kind.UNAVAILABLE, request -> request.equals("keepAlive"));
        bench.pass(LONG);
        assertThat(elections)
                .allMatch(
                        each -> "session: as the test says".equals(each.status().lastError()));
        bench.store().heal();
        bench.pass(Bench.LEASE);

        assertThat(log.lines()).allMatch(line -> line.contains("Session: session "));
        assertThat(log.lines()).last().isEqualTo("INFO Session: session fails no more");
        assertThat(log.lines()).hasSizeBetween(4, 12);
        assertThat(heard)
                .hasSize(NAMES.length)
                .allSatisfy((name, errors) ->
                        assertThat(errors).hasSize(log.lines().size() - 1).containsOnly("session"));
        assertThat(elections).allMatch(each -> each.status().lastError() == null);
    }

    /** Those of an election of its own are told as seldom as they are logged, too. */
    @Test
    void isToldOfAnElectionAsSeldomAsItIsLogged() {
        List<String> messages = new ArrayList<>();
        elections.get(0).addListener(event -> {
            if (event instanceof ElectionError error) {
                messages.add(error.operation());
            }
        });

        bench.store().fail(StoreException.Kind.DENIED, request -> request.contains("/bench/a"));
        bench.pass(LONG);

        assertThat(messages).hasSizeGreaterThan(5).contains("release", "enter");
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("WARN"))
                .hasSameSizeAs(messages)
                .allMatch(line -> line.contains("Election 'a': ") || line.contains("Session: heartbeat failed"));
    }
}
