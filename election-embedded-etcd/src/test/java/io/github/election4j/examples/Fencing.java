package io.github.election4j.examples;

import io.github.election4j.Leadership;
import org.springframework.jdbc.core.JdbcTemplate;

/** A write to a database that refuses a leader whose time is over; compiled, for there is no database to run it on. */
final class Fencing {
    private Fencing() {}

    static void write(JdbcTemplate jdbc, Leadership term, int id, String body) {
        int updated = jdbc.update(
                "UPDATE report SET body = ?, token = ? WHERE id = ? AND token <= ?",
                body,
                term.fencingToken(),
                id,
                term.fencingToken());
        if (updated == 0) {
            throw new IllegalStateException("Term " + term.fencingToken() + " is over: a later leader has written");
        }
    }
}
