package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.election4j.Elections;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.StringUtils;

/** What IDEs show of the properties, and the documentation is checked against. */
class ConfigurationMetadataTests {
    /** These have none, or one that depends on what else is set, which the description tells. */
    private static final List<String> WITHOUT_DEFAULT = List.of(
            "election.address",
            "election.etcd.password",
            "election.etcd.request-timeout",
            "election.etcd.ssl.bundle",
            "election.etcd.user",
            "election.fail-over",
            "election.id",
            "election.instances",
            "election.key",
            "election.lock-file");

    /** These belong to parts of the starter that are configured by themselves. */
    private static final List<String> BOUND_ELSEWHERE = List.of("election.leader-only.", "election.web.");

    private final Map<String, Object> metadata = read();
    private final Map<String, Map<String, Object>> properties = properties();
    private final Set<String> known = known();

    @Test
    void everyPropertyIsDescribedInSentences() {
        SoftAssertions.assertSoftly(
                softly -> properties.forEach((name, property) -> softly.assertThat((String) property.get("description"))
                        .as(name)
                        .isNotBlank()
                        .endsWith(".")));
    }

    @Test
    void everyPropertyHasTheTypeThatItIsBoundTo() {
        BeanWrapper bean = new BeanWrapperImpl(new ElectionProperties());
        SoftAssertions.assertSoftly(softly -> properties.forEach((name, property) -> {
            if (BOUND_ELSEWHERE.stream().noneMatch(name::startsWith)) {
                softly.assertThat(property.get("type")).as(name).isEqualTo(type(bean, name));
            }
        }));
    }

    @Test
    void everyDefaultIsWhatHoldsWithoutIt() {
        Map<String, Object> defaults = new TreeMap<>();
        properties.forEach((name, property) -> {
            if (property.get("defaultValue") != null) {
                defaults.put(name, property.get("defaultValue"));
            }
        });

        assertThat(properties.keySet().stream().filter(name -> !defaults.containsKey(name)))
                .containsExactlyElementsOf(WITHOUT_DEFAULT);
        assertThat(whatHolds(defaults)).isEqualTo(whatHolds(Map.of()));
    }

    @Test
    void whatInstancesHaveIsThereForAllAsWell() {
        assertThat(Stream.of(BeanUtils.getPropertyDescriptors(ElectionInstanceProperties.class))
                        .map(PropertyDescriptor::getName)
                        .filter(name -> !name.equals("class"))
                        .map(name -> "election." + DataObjectPropertyName.toDashedForm(name)))
                .isSubsetOf(properties.keySet());
    }

    @Test
    void everyHintIsOfAPropertyAndCanBeSet() {
        assertThat(maps("hints")).isNotEmpty().allSatisfy(hint -> {
            String name = String.valueOf(hint.get("name"));
            assertThat(known).contains(name.replaceFirst("\\.keys$", ""));
            for (Object value : (List<?>) Objects.requireNonNull(hint.get("values"))) {
                Object suggested = Objects.requireNonNull(((Map<?, ?>) value).get("value"));
                bind(
                        name.endsWith(".keys")
                                ? Map.of(name.replaceFirst("keys$", suggested + ".id"), "m1")
                                : Map.of(name, suggested));
            }
        });
    }

    @Test
    void listsAreSeparatedByCommas() {
        assertThat(bind(Map.of("election.etcd.endpoints", "http://etcd-1:2379, http://etcd-2:2379"))
                        .getEtcd()
                        .getEndpoints())
                .containsExactly("http://etcd-1:2379", "http://etcd-2:2379");
    }

    /** All that is made of the properties, where it depends on them alone. */
    private static List<Object> whatHolds(Map<String, Object> settings) {
        ElectionProperties bound = bind(settings);
        MockEnvironment environment = new MockEnvironment()
                .withProperty("spring.application.name", "shop")
                .withProperty("local.server.port", "8080");
        ElectionConfigFactory factory = new ElectionConfigFactory(
                bound, environment, new StaticListableBeanFactory().getBeanProvider(Elections.class));
        return List.of(
                bound.isEnabled(),
                bound.getLeaseDuration(),
                factory.create("default"),
                factory.election("default").getParticipation(),
                new PropertiesEtcdConnectionDetails(bound.getEtcd(), null).getEndpoints(),
                bound.getEtcd().getNamespace(),
                bound.getEtcd().getConnectTimeout());
    }

    private static ElectionProperties bind(Map<String, Object> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("election", Bindable.of(ElectionProperties.class));
    }

    private static String type(BeanWrapper bean, String name) {
        String[] words = name.substring("election.".length()).split("-");
        for (int i = 1; i < words.length; i++) {
            words[i] = StringUtils.capitalize(words[i]);
        }
        TypeDescriptor type = Objects.requireNonNull(bean.getPropertyTypeDescriptor(String.join("", words)), name);
        return type.getResolvableType().hasGenerics()
                ? type.getResolvableType().toString().replace(" ", "")
                : type.getObjectType().getName();
    }

    private Map<String, Map<String, Object>> properties() {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        maps("properties").stream()
                .filter(property -> String.valueOf(property.get("name")).startsWith("election."))
                .forEach(property -> found.put(String.valueOf(property.get("name")), property));
        return found;
    }

    private List<Map<String, Object>> maps(String name) {
        return maps(metadata, name);
    }

    private static List<Map<String, Object>> maps(Map<String, Object> metadata, String name) {
        return ((List<?>) Objects.requireNonNull(metadata.get(name)))
                .stream().map(ConfigurationMetadataTests::map).toList();
    }

    /** Those of Spring Boot too: the starter proposes values for some of them. */
    private static Set<String> known() {
        try {
            return Collections.list(ConfigurationMetadataTests.class
                            .getClassLoader()
                            .getResources("META-INF/spring-configuration-metadata.json"))
                    .stream()
                    .flatMap(resource -> maps(parse(resource), "properties").stream())
                    .map(property -> String.valueOf(property.get("name")))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> parse(URL resource) {
        try (InputStream stream = resource.openStream()) {
            return JsonParserFactory.getJsonParser()
                    .parseMap(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> map(Object json) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) json).forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    private static Map<String, Object> read() {
        try {
            Path file = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
            return JsonParserFactory.getJsonParser().parseMap(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
