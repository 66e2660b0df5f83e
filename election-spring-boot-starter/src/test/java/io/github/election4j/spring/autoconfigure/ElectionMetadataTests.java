package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors know of the properties, our own and those by which Spring Boot switches parts of ours. */
class ElectionMetadataTests {
    private final JsonNode metadata = read();

    @ParameterizedTest
    @CsvSource({
        "management.health.election.enabled, true",
        "management.info.leader.enabled, true",
        "management.endpoint.election.access, read_only",
        "management.endpoint.election.cache.time-to-live, 0ms",
        "management.endpoint.leader.access, unrestricted",
        "management.endpoint.leader.cache.time-to-live, 0ms"
    })
    void knowsWhatSwitchesAPartAndItsDefault(String name, String defaultValue) {
        assertThat(metadata.get("properties"))
                .filteredOn(property -> property.get("name").asString().equals(name))
                .singleElement()
                .satisfies(property -> {
                    assertThat(property.get("defaultValue").asString()).isEqualTo(defaultValue);
                    assertThat(property.get("description").asString()).isNotBlank();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"management.metrics.enable.keys", "management.observations.enable.keys"})
    void proposesThePrefixOfWhatIsMeasured(String hint) {
        assertThat(metadata.get("hints"))
                .filteredOn(each -> each.get("name").asString().equals(hint))
                .singleElement()
                .satisfies(each -> assertThat(
                                each.get("values").get(0).get("value").asString())
                        .isEqualTo("election"));
    }

    @Test
    void describesEveryProperty() {
        assertThat(metadata.get("properties"))
                .isNotEmpty()
                .allSatisfy(property -> assertThat(property.get("description")).isNotNull());
    }

    private static JsonNode read() {
        // By the place of the class: Spring Boot has files of that name too.
        try (InputStream in = ElectionProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()
                .resolve("META-INF/spring-configuration-metadata.json")
                .toURL()
                .openStream()) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
