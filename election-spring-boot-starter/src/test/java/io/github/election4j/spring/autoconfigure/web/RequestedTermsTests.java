package io.github.election4j.spring.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.Leadership;
import io.github.election4j.spring.NotLeaderException;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

class RequestedTermsTests {
    private static final Candidate SELF = new Candidate("m1", "http://host", "/e/7", 7);

    private final Election election = mock(Election.class);
    private final Leadership term = mock(Leadership.class);
    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final RequestedTerms terms = new RequestedTerms(beans.getBeanProvider(Election.class));

    @BeforeEach
    void leads() {
        beans.addBean("nameless", mock(Election.class));
        beans.addBean("election", election);
        when(election.name()).thenReturn("größe 1");
        when(election.leader()).thenReturn(Optional.of(SELF));
        when(election.leadership()).thenReturn(Optional.of(term));
        when(term.fencingToken()).thenReturn(7L);
        when(term.leader()).thenReturn(SELF);
    }

    @Test
    void letsThroughWhatMeansThisTermOrNone() {
        terms.require(null, null);
        terms.require("gr%C3%B6%C3%9Fe%201", "7");
    }

    @Test
    void refusesAnotherTerm() {
        assertThatThrownBy(() -> terms.require("gr%C3%B6%C3%9Fe%201", "6"))
                .isInstanceOf(OtherTermException.class)
                .hasMessageContainingAll("größe 1", "6");
    }

    @Test
    void refusesWhereAnotherMemberLeads() {
        when(election.leadership()).thenReturn(Optional.empty());

        assertThatThrownBy(() -> terms.require("gr%C3%B6%C3%9Fe%201", "7"))
                .isExactlyInstanceOf(NotLeaderException.class)
                .hasMessageContaining("m1");
    }

    @ParameterizedTest
    @CsvSource({", 7", "default,", "default, seven", "default, ''", "default, 9223372036854775808", "%zz, 7"})
    void refusesWhatItCannotRead(@Nullable String name, @Nullable String token) {
        assertThatThrownBy(() -> terms.require(name, token))
                .asInstanceOf(InstanceOfAssertFactories.type(UnusableTermException.class))
                .extracting(UnusableTermException::getStatusCode)
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void saysThatItTakesNoPartAndDoesNotRepeatTheName() {
        assertThatThrownBy(() -> terms.require("other", "7"))
                .asInstanceOf(InstanceOfAssertFactories.type(UnusableTermException.class))
                .satisfies(refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                    assertThat(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                            .isEqualTo("1");
                    assertThat(refused.getBody().getDetail())
                            .contains("takes no part")
                            .doesNotContain("other");
                });
    }
}
