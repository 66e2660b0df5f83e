package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.Candidate;
import io.github.election4j.spring.NotLeaderException;

/** This member leads, but not in the term that a request is meant for. Nobody else could answer it: see who leads. */
class OtherTermException extends NotLeaderException {
    private static final long serialVersionUID = 1L;

    /** The token of the term that the request is meant for. */
    private final long wanted;

    OtherTermException(String election, Candidate leader, long wanted) {
        super(election, leader);
        this.wanted = wanted;
    }

    @Override
    public String getMessage() {
        return "The request is meant for the leader of election '" + election() + "' by the fencing token " + wanted
                + ". This member leads it by another one; see who leads, and ask again";
    }
}
