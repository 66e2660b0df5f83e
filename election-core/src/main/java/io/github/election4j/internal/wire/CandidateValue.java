package io.github.election4j.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value of a candidate's key: {@code {"id","addr","validityMs","beat","since"}}, written once. Go reads the first
 * two.
 *
 * @param id the identity; the raw text of a value that is not a JSON object with an id. Where it is read, as the
 *     address, what is too long is cut, and what is no text escaped
 * @param address the address, possibly empty
 * @param validityMillis how long after its last beat the writer may believe that it leads; 0 for a foreign value
 * @param group which beat of its process proves this place; {@link #NO_GROUP} for a foreign value
 * @param sinceMillis when its writer began to ask for this place, by its wall clock, for people; 0 where it does not
 *     say
 */
public record CandidateValue(String id, String address, long validityMillis, int group, long sinceMillis) {
    /** No beat proves a foreign place. */
    public static final int NO_GROUP = -1;

    /** A value is not obeyed beyond this: a claim of years would stop an election for ever. */
    static final long LONGEST_VALIDITY_MILLIS = 24L * 60 * 60 * 1000;

    /** An election refuses longer ones of its own. */
    private static final int LONGEST_ID = 256;

    private static final int LONGEST_ADDRESS = 1_024;

    /**
     * Reads a value, whoever wrote it. What is not ours and not Go's is a candidate all the same: etcdctl elect takes
     * any text.
     *
     * @param raw the text in the store
     * @return what it says; never fails
     */
    public static CandidateValue parse(String raw) {
        Fields fields = new Fields();
        String named = JsonObject.read(raw, fields) ? fields.id : null;
        return named == null
                ? new CandidateValue(ForeignText.legible(raw, LONGEST_ID), "", 0, NO_GROUP, 0)
                : new CandidateValue(
                        ForeignText.legible(named, LONGEST_ID),
                        ForeignText.legible(fields.address, LONGEST_ADDRESS),
                        fields.validityMillis,
                        fields.group,
                        fields.sinceMillis);
    }

    private static final class Fields implements JsonObject.Reader {
        private @Nullable String id;
        private String address = "";
        private long validityMillis;
        private int group = NO_GROUP;
        private long sinceMillis;

        @Override
        public void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "id" -> id = value.currentToken() == JsonToken.VALUE_STRING ? value.getText() : null;
                case "addr" -> address = value.getValueAsString("");
                case "validityMs" -> validityMillis = validity(value);
                case "beat" -> group = (int) Math.max(NO_GROUP, JsonObject.number(value, NO_GROUP));
                case "since" -> sinceMillis = (long) JsonObject.number(value, 0);
                default -> {}
            }
        }
    }

    static long validity(JsonParser value) throws IOException {
        return (long) Math.max(0, Math.min(JsonObject.number(value, 0), LONGEST_VALIDITY_MILLIS));
    }

    /** {@return the text for the store} */
    public String text() {
        return JsonObject.write(to -> {
            to.writeStringField("id", id);
            to.writeStringField("addr", address);
            to.writeNumberField("validityMs", validityMillis);
            to.writeNumberField("beat", group);
            if (sinceMillis != 0) {
                to.writeNumberField("since", sinceMillis);
            }
        });
    }

    /** {@return since when, or null where it does not say} */
    public @Nullable Instant since() {
        return sinceMillis == 0 ? null : Instant.ofEpochMilli(sinceMillis);
    }

    /** {@return whether a member of ours wrote it, which has a validity that others have to wait out} */
    public boolean ours() {
        return validityMillis > 0;
    }
}
