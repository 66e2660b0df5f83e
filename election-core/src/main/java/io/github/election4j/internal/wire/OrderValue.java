package io.github.election4j.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import io.github.election4j.ElectionException.Kind;
import io.github.election4j.OperationOutcome;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of an order for a member: first what is asked of it, then what it answers. A member answers by writing over
 * the order, naming the revision in which that was put: so an answer is never taken for that to another order.
 */
public sealed interface OrderValue {
    /** Longer is cut where it is read. */
    int LONGEST_TEXT = 1_024;

    /** {@return the text for the store} */
    String text();

    /** What can be asked of a member that leads. */
    enum Operation {
        /** Give up the place, enter again. */
        RESIGN("resign"),
        /** Give up the leadership to a named member, enter again. */
        TRANSFER("transfer");

        private final String word;

        Operation(String word) {
            this.word = word;
        }

        private static @Nullable Operation of(String word) {
            for (Operation each : values()) {
                if (each.word.equals(word)) {
                    return each;
                }
            }
            return null;
        }
    }

    /**
     * What is asked.
     *
     * @param operation what; null for what this version does not know
     * @param to to whom to hand over; empty where that is open
     * @param place of which place it is asked, by its create revision: what stands after it is not meant
     * @param by the id of the member that was asked to pass it on
     */
    record Asked(@Nullable Operation operation, String to, long place, String by) implements OrderValue {
        @Override
        public String text() {
            return JsonObject.write(json -> {
                json.writeStringField("operation", operation == null ? "" : operation.word);
                json.writeStringField("to", to);
                json.writeNumberField("place", place);
                json.writeStringField("by", by);
            });
        }
    }

    /**
     * What has become of it.
     *
     * @param order the revision in which the order was put
     * @param outcome what was done; null if it failed
     * @param failure what went wrong, where it failed
     * @param message why it failed; empty otherwise
     */
    record Answered(long order, @Nullable OperationOutcome outcome, Kind failure, String message)
            implements OrderValue {
        @Override
        public String text() {
            return JsonObject.write(json -> {
                json.writeNumberField("answers", order);
                if (outcome == null) {
                    json.writeStringField("failure", failure.name());
                    json.writeStringField("message", message);
                } else {
                    json.writeStringField("outcome", outcome.name());
                }
            });
        }
    }

    /**
     * Reads a value, whoever wrote it.
     *
     * @param raw the text in the store
     * @return what it says; never fails
     */
    static OrderValue parse(String raw) {
        Fields fields = new Fields();
        if (!JsonObject.read(raw, fields)) {
            return new Asked(null, "", 0, "");
        }
        return fields.answers > 0
                ? new Answered(
                        fields.answers,
                        named(OperationOutcome.values(), fields.outcome),
                        Objects.requireNonNullElse(named(Kind.values(), fields.failure), Kind.TIMEOUT),
                        ForeignText.legible(fields.message, LONGEST_TEXT))
                : new Asked(
                        Operation.of(fields.operation),
                        ForeignText.legible(fields.to, LONGEST_TEXT),
                        fields.place,
                        ForeignText.legible(fields.by, LONGEST_TEXT));
    }

    private static <E extends Enum<E>> @Nullable E named(E[] values, String name) {
        return Arrays.stream(values)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The fields of both. */
    final class Fields implements JsonObject.Reader {
        private String operation = "";
        private String to = "";
        private String by = "";
        private String outcome = "";
        private String failure = "";
        private String message = "";
        private long place;
        private long answers;

        private Fields() {}

        @Override
        public void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "operation" -> operation = value.getValueAsString("");
                case "to" -> to = value.getValueAsString("");
                case "by" -> by = value.getValueAsString("");
                case "outcome" -> outcome = value.getValueAsString("");
                case "failure" -> failure = value.getValueAsString("");
                case "message" -> message = value.getValueAsString("");
                case "place" -> place = (long) JsonObject.number(value, 0);
                case "answers" -> answers = (long) JsonObject.number(value, 0);
                default -> {}
            }
        }
    }
}
