package io.github.election4j.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import io.github.election4j.ChangeReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The value of a term in the journal, {@code {"id","addr","token","from","until","reason","by"}}, for people; of the
 * protocol, P10 rests on the id and the token.
 *
 * @param id who led
 * @param address its address
 * @param token the token of the term
 * @param fromMillis when it began, by the wall clock of who led
 * @param untilMillis when it ended, likewise; 0 where it is not told
 * @param reason why it ended; null where that is not known
 * @param by who asked for its end; empty if nobody did
 */
public record TermValue(
        String id,
        String address,
        long token,
        long fromMillis,
        long untilMillis,
        @Nullable ChangeReason reason,
        String by) {
    /** Longer is cut where it is read. */
    private static final int LONGEST_TEXT = 1_024;

    /**
     * {@return the same, ended}
     *
     * @param millis when
     * @param why why
     * @param asker who asked for it; empty if nobody did
     */
    public TermValue ended(long millis, ChangeReason why, String asker) {
        return new TermValue(id, address, token, fromMillis, millis, why, asker);
    }

    /**
     * Reads a value, whoever wrote it.
     *
     * @param raw the text in the store
     * @return what it says; never fails
     */
    public static TermValue parse(String raw) {
        Fields fields = new Fields();
        if (!JsonObject.read(raw, fields)) {
            fields = new Fields();
        }
        return new TermValue(
                ForeignText.legible(fields.id, LONGEST_TEXT),
                ForeignText.legible(fields.address, LONGEST_TEXT),
                fields.token,
                fields.fromMillis,
                fields.untilMillis,
                reason(fields.reason),
                ForeignText.legible(fields.by, LONGEST_TEXT));
    }

    private static @Nullable ChangeReason reason(String name) {
        for (ChangeReason each : ChangeReason.values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }

    private static final class Fields implements JsonObject.Reader {
        private String id = "";
        private String address = "";
        private String reason = "";
        private String by = "";
        private long token;
        private long fromMillis;
        private long untilMillis;

        @Override
        public void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "id" -> id = value.getValueAsString("");
                case "addr" -> address = value.getValueAsString("");
                case "reason" -> reason = value.getValueAsString("");
                case "by" -> by = value.getValueAsString("");
                case "token" -> token = (long) JsonObject.number(value, 0);
                case "from" -> fromMillis = (long) JsonObject.number(value, 0);
                case "until" -> untilMillis = (long) JsonObject.number(value, 0);
                default -> {}
            }
        }
    }

    /** {@return whether its end is told} */
    public boolean isOver() {
        return reason != null || untilMillis != 0;
    }

    /** {@return the text for the store} */
    public String text() {
        return JsonObject.write(to -> {
            to.writeStringField("id", id);
            to.writeStringField("addr", address);
            to.writeNumberField("token", token);
            to.writeNumberField("from", fromMillis);
            if (isOver()) {
                to.writeNumberField("until", untilMillis);
                to.writeStringField("reason", String.valueOf(reason));
                to.writeStringField("by", by);
            }
        });
    }
}
