package io.github.election4j.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of a candidate's key: {@code {"id","addr","validityMs","state","stopped"}}. Go reads the first two.
 *
 * @param id the identity; the raw text of a value that is not a JSON object with an id. Where it is read, as the
 *     address, what is too long is cut, and what is no text escaped
 * @param address the address, possibly empty
 * @param validityMillis how long after its last heartbeat the writer may believe that it leads; 0 for a foreign value
 * @param state what the writer says of itself
 * @param stopped create revisions of the writer's own keys that are gone without a release, whether or not it led by
 *     them
 */
public record CandidateValue(String id, String address, long validityMillis, CandidateState state, List<Long> stopped) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A value is not obeyed beyond this: a claim of years would stop an election for ever. */
    private static final long LONGEST_VALIDITY_MILLIS = 24L * 60 * 60 * 1000;

    /** An election refuses longer ones of its own. */
    private static final int LONGEST_ID = 256;

    private static final int LONGEST_ADDRESS = 1_024;

    /** Creates a value; the list is copied. */
    public CandidateValue {
        stopped = List.copyOf(stopped);
    }

    /**
     * Reads a value, whoever wrote it.
     *
     * @param raw the text in the store
     * @return what it says; never fails
     */
    public static CandidateValue parse(String raw) {
        try {
            JsonNode node = JSON.readTree(raw);
            if (node != null && node.path("id").isTextual()) {
                return parse(node);
            }
        } catch (JsonProcessingException foreign) {
            // Not ours and not Go's: etcdctl elect takes any text. It is a candidate all the same.
        }
        return new CandidateValue(ForeignText.legible(raw, LONGEST_ID), "", 0, CandidateState.UNSTATED, List.of());
    }

    private static CandidateValue parse(JsonNode node) {
        List<Long> stopped = new ArrayList<>();
        for (JsonNode revision : node.path("stopped")) {
            if (revision.isIntegralNumber()) {
                stopped.add(revision.longValue());
            }
        }
        return new CandidateValue(
                ForeignText.legible(node.path("id").textValue(), LONGEST_ID),
                ForeignText.legible(node.path("addr").asText(""), LONGEST_ADDRESS),
                // As a double: a number beyond a long would be cut to any other, and perhaps to no validity at all.
                (long) Math.max(0, Math.min(node.path("validityMs").asDouble(0), LONGEST_VALIDITY_MILLIS)),
                CandidateState.of(node.path("state").asText("")),
                stopped);
    }

    /** {@return the text for the store} */
    public String text() {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", id);
        node.put("addr", address);
        node.put("validityMs", validityMillis);
        node.put("state", state.text());
        ArrayNode revisions = node.putArray("stopped");
        stopped.forEach(revisions::add);
        return node.toString();
    }

    /**
     * {@return the same with another state}
     *
     * @param newState the other state
     */
    public CandidateValue withState(CandidateState newState) {
        return new CandidateValue(id, address, validityMillis, newState, stopped);
    }
}
