package io.github.election4j.spring.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.election4j.Election;
import io.github.election4j.spring.autoconfigure.web.ElectionWebProperties.OnFollower;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.servlet.DispatcherServlet;

/** Each kind of application has its own, and one without a web server none. */
class LeaderWebAutoConfigurationTests {
    private static final AutoConfigurations BOTH =
            AutoConfigurations.of(LeaderWebMvcAutoConfiguration.class, LeaderWebFluxAutoConfiguration.class);

    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
            .withConfiguration(BOTH)
            .withBean(Election.class, () -> mock(Election.class));
    private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
            .withConfiguration(BOTH)
            .withConfiguration(AutoConfigurations.of(
                    CodecsAutoConfiguration.class, HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class))
            .withBean(Election.class, () -> mock(Election.class));

    @Test
    void servesServletsWithoutWebFlux() {
        servlet.withClassLoader(new FilteredClassLoader(DispatcherHandler.class))
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(WebMvcNotLeaderAdvice.class)
                            .hasBean("election4j.termInterceptor");
                    assertThat(context.getBean(ElectionWebProperties.class).getOnFollower())
                            .isEqualTo(OnFollower.REJECT);
                });
    }

    @Test
    void servesWebFluxWithoutServlets() {
        reactive.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
                .withPropertyValues("election.web.on-follower=redirect")
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(WebFluxNotLeaderAdvice.class)
                            .hasSingleBean(WebFluxTermFilter.class)
                            .doesNotHaveBean(WebMvcNotLeaderAdvice.class);
                    assertThat(context.getBean(ElectionWebProperties.class).getOnFollower())
                            .isEqualTo(OnFollower.REDIRECT);
                });
    }

    @Test
    void isOffWithLeaderOnly() {
        servlet.withPropertyValues("election.leader-only.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(ElectionWebProperties.class)
                        .doesNotHaveBean("election4j.termInterceptor"));
        reactive.withPropertyValues("election.leader-only.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(ElectionWebProperties.class)
                        .doesNotHaveBean(WebFluxTermFilter.class));
    }

    @Test
    void isNotThereWithoutTheWeb() {
        new ApplicationContextRunner()
                .withConfiguration(BOTH)
                .withClassLoader(new FilteredClassLoader(DispatcherServlet.class, DispatcherHandler.class))
                .withBean(Election.class, () -> mock(Election.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ElectionWebProperties.class));
    }
}
