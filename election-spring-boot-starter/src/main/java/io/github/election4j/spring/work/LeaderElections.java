package io.github.election4j.spring.work;

import io.github.election4j.Election;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds the election that a {@link io.github.election4j.spring.LeaderOnly} names. Any thread.
 *
 * @since 0.1.0
 */
public final class LeaderElections {
    private final ObjectProvider<Election> elections;

    /**
     * Looks among these.
     *
     * @param elections asked for at each look, and not before
     */
    public LeaderElections(ObjectProvider<Election> elections) {
        this.elections = elections;
    }

    /**
     * {@return the election of this name}
     *
     * @param name of the election; empty for the only one, or the primary one
     * @param where who names it, for the message of the failure
     * @throws InvalidLeaderOnlyException if there is none
     */
    public Election named(String name, String where) {
        Election found = name.isEmpty()
                ? elections.getIfUnique()
                : elections.stream()
                        .filter(each -> name.equals(each.name()))
                        .findFirst()
                        .orElse(null);
        if (found == null) {
            throw unknown(name, where);
        }
        return found;
    }

    private InvalidLeaderOnlyException unknown(String name, String where) {
        List<String> names = elections.stream()
                .map(Election::name)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return name.isEmpty()
                ? new InvalidLeaderOnlyException(
                        where,
                        "it does not say which election is meant, and none of " + names + " is primary",
                        "Name one, as in @LeaderOnly(\"" + (names.isEmpty() ? "default" : names.get(0)) + "\").")
                : new InvalidLeaderOnlyException(
                        where,
                        "there is no election '" + name + "'; there are " + names,
                        "Name one of these, or add election.instances." + name + ".key.");
    }
}
