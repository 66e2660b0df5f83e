package io.github.election4j.internal.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * JSON objects, read and written field by field. A tree of each would be built with every event of a watch, and the
 * mapper for it costs the start of a process more than its first request.
 */
final class JsonObject {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonObject() {}

    /** Takes in the value of a field, at whose first token the parser stands. */
    interface Reader {
        void field(String name, JsonParser value) throws IOException;
    }

    /** Writes the fields. */
    interface Writer {
        void fields(JsonGenerator to) throws IOException;
    }

    /**
     * Tells a reader each field of an object, in their order.
     *
     * @return whether the text is an object; if not, what the reader was told counts for nothing
     */
    static boolean read(String text, Reader reader) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                reader.field(name, parser);
                parser.skipChildren();
            }
            return true;
        } catch (IOException noJson) {
            return false;
        }
    }

    /** A number as a double: one beyond a long would be cut to any other. */
    static double number(JsonParser value, double otherwise) throws IOException {
        return value.currentToken().isNumeric() ? value.getDoubleValue() : otherwise;
    }

    static String write(Writer writer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            writer.fields(generator);
            generator.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
