package io.github.election4j.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The value of the mark (P7): {@code {"validityMs","released","stopped"}}. Its words are facts for ever: every place up
 * to {@code released}, and every one in {@code stopped}, has stopped.
 *
 * @param validityMillis the largest validity that any member entered with since the election last ended in order
 * @param released every place up to this create revision has stopped
 * @param stopped these have stopped too, in their order
 */
public record MarkValue(long validityMillis, long released, List<Long> stopped) {
    /** Says nothing. */
    public static final MarkValue NOTHING = new MarkValue(0, 0, List.of());

    /** Enough for every claim that can still be open: an older place is long over. */
    private static final int REMEMBERED = 8;

    /** Creates a value; the list is copied. */
    public MarkValue {
        stopped = List.copyOf(stopped);
    }

    /**
     * Reads a value, whoever wrote it.
     *
     * @param raw the text in the store
     * @return what it says; nothing, if it cannot be read
     */
    public static MarkValue parse(String raw) {
        Fields fields = new Fields();
        return JsonObject.read(raw, fields)
                ? new MarkValue(fields.validityMillis, fields.released, fields.stopped)
                : NOTHING;
    }

    private static final class Fields implements JsonObject.Reader {
        private long validityMillis;
        private long released;
        private List<Long> stopped = List.of();

        @Override
        public void field(String name, JsonParser value) throws IOException {
            switch (name) {
                case "validityMs" -> validityMillis = CandidateValue.validity(value);
                case "released" -> released = isRevision(value) ? value.getLongValue() : 0;
                case "stopped" -> stopped = revisions(value);
                default -> {}
            }
        }
    }

    private static List<Long> revisions(JsonParser value) throws IOException {
        List<Long> revisions = new ArrayList<>();
        if (value.isExpectedStartArrayToken()) {
            while (value.nextToken() != JsonToken.END_ARRAY) {
                if (isRevision(value)) {
                    revisions.add(value.getLongValue());
                }
                value.skipChildren();
            }
        }
        return revisions;
    }

    private static boolean isRevision(JsonParser value) throws IOException {
        return value.currentToken() == JsonToken.VALUE_NUMBER_INT
                && value.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    /** {@return the text for the store} */
    public String text() {
        return JsonObject.write(to -> {
            to.writeNumberField("validityMs", validityMillis);
            to.writeNumberField("released", released);
            to.writeArrayFieldStart("stopped");
            for (long revision : stopped) {
                to.writeNumber(revision);
            }
            to.writeEndArray();
        });
    }

    /**
     * {@return what of it can be true}. A word about a place that is not older than the mark itself comes from a
     * history that was lost.
     *
     * @param modRevision the revision in which the mark was written
     */
    public MarkValue asOf(long modRevision) {
        List<Long> older = stopped.stream().filter(each -> each < modRevision).toList();
        return new MarkValue(validityMillis, released < modRevision ? released : 0, older);
    }

    /**
     * {@return the same, and at least this validity}
     *
     * @param millis the validity
     */
    public MarkValue withValidity(long millis) {
        return new MarkValue(Math.max(validityMillis, millis), released, stopped);
    }

    /**
     * {@return the same, and the word that every place up to this one has stopped}
     *
     * @param createRevision the place
     */
    public MarkValue withReleased(long createRevision) {
        return join(Math.max(released, createRevision), stopped);
    }

    /**
     * {@return the same, and the word that these places have stopped}
     *
     * @param createRevisions the places
     */
    public MarkValue withStopped(Collection<Long> createRevisions) {
        List<Long> all = new ArrayList<>(stopped);
        all.addAll(createRevisions);
        return join(released, all);
    }

    /**
     * {@return the same, and the words of another; its validity counts for nothing}
     *
     * @param others the words
     */
    public MarkValue withWords(MarkValue others) {
        List<Long> all = new ArrayList<>(stopped);
        all.addAll(others.stopped);
        return join(Math.max(released, others.released), all);
    }

    /**
     * {@return the words of this that another does not tell}
     *
     * @param others what is told
     */
    public MarkValue withoutWords(MarkValue others) {
        List<Long> left = stopped.stream().filter(each -> !others.tells(each)).toList();
        return new MarkValue(validityMillis, released > others.released ? released : 0, left);
    }

    /** {@return whether there are no words in it} */
    public boolean isSilent() {
        return released == 0 && stopped.isEmpty();
    }

    /**
     * {@return whether a place has stopped, by these words}
     *
     * @param createRevision the place
     */
    public boolean tells(long createRevision) {
        return createRevision <= released || stopped.contains(createRevision);
    }

    private MarkValue join(long upTo, Collection<Long> single) {
        TreeSet<Long> above = new TreeSet<>(single);
        above.headSet(upTo, true).clear();
        while (above.size() > REMEMBERED) {
            above.pollFirst();
        }
        return new MarkValue(validityMillis, upTo, List.copyOf(above));
    }
}
