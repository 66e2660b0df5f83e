package io.github.election4j.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The value of a candidate's key: {@code {"id","addr","validityMs","beat"}}, written once. Go reads the first two.
 *
 * @param id the identity; the raw text of a value that is not a JSON object with an id. Where it is read, as the
 *     address, what is too long is cut, and what is no text escaped
 * @param address the address, possibly empty
 * @param validityMillis how long after its last beat the writer may believe that it leads; 0 for a foreign value
 * @param group which beat of its process proves this place; {@link #NO_GROUP} for a foreign value
 */
public record CandidateValue(String id, String address, long validityMillis, int group) {
    /** No beat proves a foreign place. */
    public static final int NO_GROUP = -1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A value is not obeyed beyond this: a claim of years would stop an election for ever. */
    static final long LONGEST_VALIDITY_MILLIS = 24L * 60 * 60 * 1000;

    /** An election refuses longer ones of its own. */
    private static final int LONGEST_ID = 256;

    private static final int LONGEST_ADDRESS = 1_024;

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
        return new CandidateValue(ForeignText.legible(raw, LONGEST_ID), "", 0, NO_GROUP);
    }

    private static CandidateValue parse(JsonNode node) {
        return new CandidateValue(
                ForeignText.legible(node.path("id").textValue(), LONGEST_ID),
                ForeignText.legible(node.path("addr").asText(""), LONGEST_ADDRESS),
                validity(node),
                Math.max(NO_GROUP, node.path("beat").asInt(NO_GROUP)));
    }

    /** As a double: a number beyond a long would be cut to any other, and perhaps to no validity at all. */
    static long validity(JsonNode node) {
        return (long) Math.max(0, Math.min(node.path("validityMs").asDouble(0), LONGEST_VALIDITY_MILLIS));
    }

    /** {@return the text for the store} */
    public String text() {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", id);
        node.put("addr", address);
        node.put("validityMs", validityMillis);
        node.put("beat", group);
        return node.toString();
    }

    /** {@return whether a member of ours wrote it, which has a validity that others have to wait out} */
    public boolean ours() {
        return validityMillis > 0;
    }
}
