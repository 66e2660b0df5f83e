package io.github.election4j.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderAddressTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "/orders",
                "//host/orders",
                "host:8080",
                "ftp://host",
                "file:///etc/passwd",
                "mailto:leader@host",
                "http:///orders",
                "http://",
                "http://user@host",
                "http://user:password@host",
                "http://host?a=b",
                "http://host#a",
                "http://host:0",
                "http://host:65536",
                "http://host:99999999999",
                "http://ho st",
                "http://host/a\r\nb",
                "http://host/a\\r\\nb",
                "http://ho_st",
                "http://hö.st",
                "http://host/%zz"
            })
    void refusesWhatNothingCanBeSentTo(String address) {
        assertThat(LeaderAddress.parse(address)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://host:8080, /orders, , http://host:8080/orders",
        "http://host:8080/, /orders, , http://host:8080/orders",
        "http://host:8080, '', , http://host:8080",
        "http://host:8080/shop/, '', , http://host:8080/shop/",
        "http://host:8080/shop, orders, , http://host:8080/shop/orders",
        "HTTPS://host/shop/, /orders, a=b, HTTPS://host/shop/orders?a=b",
        "http://[::1]:8080/a%20b, /c%2Fd/%C3%A4, e=%26&f=%2B+, http://[::1]:8080/a%20b/c%2Fd/%C3%A4?e=%26&f=%2B+",
        "http://host, //other/orders, , http://host//other/orders",
        "http://host/ä, /ö, , http://host/%C3%A4/ö"
    })
    void keepsItsPathAndEveryEncoding(String address, String path, @Nullable String query, String resolved)
            throws Exception {
        assertThat(LeaderAddress.parse(address).orElseThrow().resolve(path, query))
                .hasToString(resolved);
    }

    @Test
    void isAsciiAndEndsWithoutASlash() {
        LeaderAddress address = LeaderAddress.parse("http://host/größe/").orElseThrow();

        assertThat(address).hasToString("http://host/gr%C3%B6%C3%9Fe/");
        assertThat(address.basePath()).isEqualTo("/gr%C3%B6%C3%9Fe");
    }

    @Test
    void refusesWhatIsNoPath() {
        LeaderAddress address = LeaderAddress.parse("http://host").orElseThrow();

        assertThatThrownBy(() -> address.resolve("/a b", null)).isInstanceOf(URISyntaxException.class);
        assertThatThrownBy(() -> address.resolve("/a", "b|c")).isInstanceOf(URISyntaxException.class);
    }
}
