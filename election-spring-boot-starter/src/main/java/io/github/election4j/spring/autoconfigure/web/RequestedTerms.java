package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.Election;
import io.github.election4j.Leadership;
import io.github.election4j.spring.NotLeaderException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.util.UriUtils;

/** Refuses requests that are meant for the leader in another term than this member's present one. */
final class RequestedTerms {
    private final ObjectProvider<Election> elections;

    RequestedTerms(ObjectProvider<Election> elections) {
        this.elections = elections;
    }

    /**
     * Lets a request through that says nothing of a term, or means the present one of this member.
     *
     * @param encodedName what it says of the election
     * @param token what it says of the fencing token
     * @throws NotLeaderException if this member does not lead in that term
     * @throws UnusableTermException if there is no telling which term is meant
     */
    void require(@Nullable String encodedName, @Nullable String token) {
        if (encodedName == null && token == null) {
            return;
        }
        if (encodedName == null || token == null) {
            throw UnusableTermException.unreadable();
        }
        String name;
        long wanted;
        try {
            name = UriUtils.decode(encodedName, StandardCharsets.UTF_8);
            wanted = Long.parseLong(token);
        } catch (IllegalArgumentException unreadable) {
            throw UnusableTermException.unreadable();
        }
        require(named(name), wanted);
    }

    private Election named(String name) {
        return elections.stream()
                .filter(each -> name.equals(each.name()))
                .findFirst()
                .orElseThrow(UnusableTermException::unknownElection);
    }

    private static void require(Election election, long wanted) {
        Optional<Leadership> term = election.leadership();
        if (term.isEmpty()) {
            throw new NotLeaderException(election.name(), election.leader().orElse(null));
        }
        if (term.get().fencingToken() != wanted) {
            throw new OtherTermException(election.name(), term.get().leader(), wanted);
        }
    }
}
