package io.github.election4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Settings of Spring Boot, whose names are known, or manifests of Kubernetes, which are complete. */
final class YamlSnippets {
    private final ConfigurationNames names;

    YamlSnippets(ConfigurationNames names) {
        this.names = names;
    }

    void check(String yaml) {
        List<Object> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml).forEach(documents::add);
        assertThat(documents).isNotEmpty();
        for (Object document : documents) {
            Map<?, ?> map = (Map<?, ?>) document;
            if (map.containsKey("apiVersion")) {
                checkManifest(map);
            } else {
                Map<String, Object> settings = new TreeMap<>();
                flatten("", map, settings);
                names.check(settings);
            }
        }
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> settings) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> nested && !nested.isEmpty()) {
                flatten(prefix + key + ".", nested, settings);
            } else {
                settings.put(prefix + key, value);
            }
        });
    }

    private void checkManifest(Map<?, ?> manifest) {
        assertThat(manifest.get("kind")).isIn("Service", "Deployment");
        assertThat((Map<?, ?>) manifest.get("metadata")).isNotNull().matches(metadata -> metadata.containsKey("name"));
        assertThat(manifest.get("spec")).isInstanceOf(Map.class);
        checkVariables(manifest);
    }

    /** Those of containers: they are properties, and refer to those above them only. */
    private void checkVariables(Object node) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("env")) {
                    checkEnvironment((List<?>) value);
                } else {
                    checkVariables(value);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(this::checkVariables);
        }
    }

    private void checkEnvironment(List<?> variables) {
        List<String> above = new ArrayList<>();
        for (Object each : variables) {
            String name = String.valueOf(((Map<?, ?>) each).get("name"));
            String value = String.valueOf(((Map<?, ?>) each).get("value"));
            if (name.contains("ELECTION")) {
                names.checkVariable(name);
            }
            if (value.contains("$(")) {
                assertThat(above).contains(value.replaceAll(".*\\$\\((\\w+)\\).*", "$1"));
            }
            above.add(name);
        }
    }
}
