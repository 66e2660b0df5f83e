package io.github.election4j.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.ElectionConfig;
import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

class ElectionConfigFactoryTests {
    private final MockEnvironment environment = new MockEnvironment().withProperty("spring.application.name", "shop");
    private final ObjectProvider<Elections> none = new StaticListableBeanFactory().getBeanProvider(Elections.class);
    private final ElectionProperties properties = new ElectionProperties();
    private final ElectionConfigFactory factory = new ElectionConfigFactory(properties, environment, none);

    @Test
    void isKnownByHostAndPortOfTheServer() throws UnknownHostException {
        environment.setProperty("local.server.port", "8081");
        assertThat(config().id()).isEqualTo(InetAddress.getLocalHost().getHostName() + ":8081");
        assertThat(config().address()).isEqualTo("http://" + config().id());
    }

    @Test
    void isKnownByTheNewPortAfterARestart() {
        environment.setProperty("local.server.port", "8081");
        assertThat(config().id()).endsWith(":8081");
        environment.setProperty("local.server.port", "8082");
        assertThat(config().id()).endsWith(":8082");
        assertThat(config().address()).endsWith(":8082");
    }

    @Test
    void isKnownByTheNameOfTheHostWhereTheServerIsBoundToEveryAddress() throws UnknownHostException {
        environment.setProperty("local.server.port", "8081");
        for (String every : new String[] {"0.0.0.0", "::", "0:0:0:0:0:0:0:0"}) {
            environment.setProperty("server.address", every);
            assertThat(config().id()).isEqualTo(InetAddress.getLocalHost().getHostName() + ":8081");
        }
    }

    @Test
    void isKnownByTheAddressThatTheServerIsBoundTo() {
        environment.setProperty("local.server.port", "8081");
        environment.setProperty("server.address", "127.0.0.2");
        assertThat(config().address()).isEqualTo("http://127.0.0.2:8081");
        environment.setProperty("server.address", "::1");
        assertThat(config().address()).isEqualTo("http://[::1]:8081");
    }

    @Test
    void speaksTlsIfTheServerDoes() {
        environment.setProperty("local.server.port", "8443");
        environment.setProperty("server.ssl.key-store", "keys.p12");
        assertThat(config().address()).startsWith("https://");
        environment.setProperty("server.ssl.enabled", "false");
        assertThat(config().address()).startsWith("http://");
    }

    @Test
    void hasNoAddressWithoutAServerAndKeepsItsRandomId() {
        assertThat(config().address()).isEmpty();
        assertThat(config().id()).isEqualTo(config().id());
    }

    @Test
    void blamesTheNameOfTheApplicationForTheKeyThatIsMadeOfIt() {
        environment.setProperty("spring.application.name", "a\tb");
        refuses("default", "spring.application.name");

        properties.setKey("/a\tb");
        refuses("default", "election.key");
    }

    @Test
    void blamesAnInstanceForItsName() {
        String name = "x".repeat(257);
        properties.getInstances().put(name, new ElectionInstanceProperties());
        refuses(name, "election.instances." + name);
    }

    private void refuses(String name, String property) {
        assertThatThrownBy(() -> factory.create(name))
                .isInstanceOfSatisfying(
                        InvalidElectionConfigException.class,
                        refusal -> assertThat(refusal.setting()).isEqualTo(property));
    }

    private ElectionConfig config() {
        return factory.create("default");
    }
}
