package io.github.election4j.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * The value of an eviction that lasts: {@code {"by","reason","since","until"}}, for people. That the key is there is
 * what counts, and etcd alone ends it; no member looks at these times.
 *
 * @param by who asked for it; empty if nobody said
 * @param reason why; empty if nobody said
 * @param sinceMillis when it was written, by the wall clock of who wrote it; 0 if it does not say
 * @param untilMillis when it was going to end, likewise; 0 for never
 */
public record EvictionValue(String by, String reason, long sinceMillis, long untilMillis) {
    /** An election refuses a longer one of its own. */
    public static final int LONGEST_ID = 256;

    /** Longer is cut where it is read. */
    private static final int LONGEST_TEXT = 1_024;

    /**
     * Reads a value, whoever wrote it.
     *
     * @param raw the text in the store
     * @return what it says; never fails
     */
    public static EvictionValue parse(String raw) {
        Fields fields = new Fields();
        return JsonObject.read(raw, fields)
                ? new EvictionValue(
                        ForeignText.legible(fields.by, LONGEST_TEXT),
                        ForeignText.legible(fields.reason, LONGEST_TEXT),
                        fields.sinceMillis,
                        fields.untilMillis)
                : new EvictionValue("", ForeignText.legible(raw, LONGEST_TEXT), 0, 0);
    }

    private static final class Fields implements JsonObject.Reader {
        private String by = "";
        private String reason = "";
        private long sinceMillis;
        private long untilMillis;

        @Override
        public void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "by" -> by = value.getValueAsString("");
                case "reason" -> reason = value.getValueAsString("");
                case "since" -> sinceMillis = (long) JsonObject.number(value, 0);
                case "until" -> untilMillis = (long) JsonObject.number(value, 0);
                default -> {}
            }
        }
    }

    /** {@return the text for the store} */
    public String text() {
        return JsonObject.write(to -> {
            to.writeStringField("by", by);
            to.writeStringField("reason", reason);
            to.writeNumberField("since", sinceMillis);
            to.writeNumberField("until", untilMillis);
        });
    }
}
