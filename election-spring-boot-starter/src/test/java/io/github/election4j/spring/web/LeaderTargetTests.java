package io.github.election4j.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.spring.NoLeaderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

class LeaderTargetTests {
    private final Election election = mock(Election.class);

    @BeforeEach
    void leads() {
        when(election.name()).thenReturn("orders");
        leadsAt("http://host:8080/shop");
    }

    @Test
    void isTheLeaderInItsTerm() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(ElectionHeaders.TOKEN, "6");

        LeaderTarget target = LeaderTarget.of(election, URI.create("/a%2Fb?c=%26#d"));
        target.mark(headers);

        assertThat(target.uri()).hasToString("http://host:8080/shop/a%2Fb?c=%26");
        assertThat(headers.get(ElectionHeaders.NAME)).containsExactly("orders");
        assertThat(headers.get(ElectionHeaders.TOKEN)).containsExactly("7");
    }

    @Test
    void encodesTheNameOfTheElection() {
        when(election.name()).thenReturn("größe 1%\n");
        HttpHeaders headers = new HttpHeaders();

        LeaderTarget.of(election, URI.create("/")).mark(headers);

        assertThat(headers.getFirst(ElectionHeaders.NAME)).isEqualTo("gr%C3%B6%C3%9Fe%201%25%0A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://other/orders", "//other/orders", "mailto:leader"})
    void refusesAHost(String uri) {
        assertThatThrownBy(() -> LeaderTarget.of(election, URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("orders", "'" + uri + "'");
    }

    @Test
    void saysThatNobodyLeads() {
        when(election.leader()).thenReturn(Optional.empty());

        assertThatThrownBy(() -> LeaderTarget.of(election, URI.create("/")))
                .isInstanceOf(NoLeaderException.class)
                .hasMessageContainingAll("orders", "nobody is known to lead");
    }

    @ParameterizedTest
    @CsvSource({
        "'', leads and has no address",
        "file:///etc/passwd, its address 'file:///etc/passwd' is no http or https URI"
    })
    void saysWhatTheLeaderHasForAnAddress(String address, String found) {
        leadsAt(address);

        assertThatThrownBy(() -> LeaderTarget.of(election, URI.create("/")))
                .isInstanceOf(NoLeaderException.class)
                .hasMessageContainingAll("orders", found);
    }

    @Test
    void repeatsWhatIsIdempotentAndWasRefused() {
        Throwable refused = new IOException(new IOException(new ConnectException("Connection refused")));

        assertThat(HttpMethod.values())
                .filteredOn(method -> LeaderTarget.mayRepeat(method, refused))
                .doesNotContain(HttpMethod.POST, HttpMethod.PATCH)
                .hasSize(HttpMethod.values().length - 2);
        assertThat(LeaderTarget.mayRepeat(HttpMethod.valueOf("LOCK"), refused)).isFalse();
        assertThat(LeaderTarget.mayRepeat(HttpMethod.GET, new IOException(new SocketException("Connection reset"))))
                .isFalse();
    }

    private void leadsAt(String address) {
        when(election.leader()).thenReturn(Optional.of(new Candidate("m1", address, "/e/7", 7)));
    }
}
