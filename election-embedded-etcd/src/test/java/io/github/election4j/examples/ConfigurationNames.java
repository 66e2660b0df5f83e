package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.util.ClassUtils;

/** Every property that something on the class path says it has, with its type. */
final class ConfigurationNames {
    private static final String INSTANCE = "^election\\.instances\\.[^.]+\\.";

    private final Map<String, String> types = new TreeMap<>();

    ConfigurationNames() {
        try {
            for (URL resource : Collections.list(ConfigurationNames.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                add(resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(URL resource) throws IOException {
        try (InputStream stream = resource.openStream()) {
            String json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            List<?> properties = (List<?>) Objects.requireNonNull(
                    JsonParserFactory.getJsonParser().parseMap(json).get("properties"));
            properties.forEach(each -> {
                Map<?, ?> property = (Map<?, ?>) each;
                types.put(String.valueOf(property.get("name")), String.valueOf(property.get("type")));
            });
        }
    }

    Set<String> names() {
        return types.keySet();
    }

    /** Each is a property, in its canonical form, and has a value that can be bound to it. */
    void check(Map<String, Object> settings) {
        settings.forEach((name, value) -> {
            String common = name.replaceFirst(INSTANCE, "election.");
            if (!isMap(common)) {
                assertThat(types).as("a property").containsKey(common);
                bind(common, value);
            }
        });
    }

    /** As relaxed binding names them: {@code ELECTION_ETCD_ENDPOINTS}. */
    void checkVariable(String variable) {
        assertThat(types.keySet().stream()
                        .map(name -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT)))
                .as("environment variables that are properties")
                .contains(variable);
    }

    private boolean isMap(String name) {
        return types.entrySet().stream()
                .anyMatch(each -> each.getValue().startsWith("java.util.Map")
                        && (name.equals(each.getKey()) || name.startsWith(each.getKey() + ".")));
    }

    private void bind(String name, Object value) {
        String type = Objects.requireNonNull(types.get(name));
        Class<?> bound = type.contains("<") ? List.class : ClassUtils.resolveClassName(type, null);
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of(name, value)))
                        .bind(name, Bindable.of(bound))
                        .isBound())
                .as("%s=%s", name, value)
                .isTrue();
    }
}
