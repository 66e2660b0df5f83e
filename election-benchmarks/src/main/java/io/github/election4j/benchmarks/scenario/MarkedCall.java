package io.github.election4j.benchmarks.scenario;

import io.github.election4j.Election;
import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.LeaderOnly.OnFollower;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.work.LeaderOnlyAutoConfiguration;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What it costs to call a method that is marked {@code @LeaderOnly}, beside one with advice that does nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MarkedCall {
    private @Nullable ConfigurableApplicationContext application;
    private @Nullable Work marked;
    private @Nullable Work advised;
    private long argument;

    /** Becomes the leader. */
    @Setup
    public void lead() throws Exception {
        ConfigurableApplicationContext started = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "election.key", "/call",
                        "election.etcd.endpoints", System.getProperty(ByJmh.ADDRESS),
                        "spring.main.banner-mode", "off"))
                .run();
        application = started;
        Waits.until("it leads", Duration.ofSeconds(30), started.getBean(Election.class)::isLeader);
        marked = started.getBean(Work.class);
        ProxyFactory factory = new ProxyFactory(new Work());
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) MethodInvocation::proceed);
        advised = (Work) factory.getProxy();
    }

    /** Leaves. */
    @TearDown
    public void leave() {
        if (application != null) {
            application.close();
        }
    }

    /** {@return what is returned through advice that does nothing} */
    @Benchmark
    public long plainProxy() {
        return Objects.requireNonNull(advised).plain(argument++);
    }

    /** {@return what is returned by what only the leader does} */
    @Benchmark
    public long leaderOnly() {
        return Objects.requireNonNull(marked).marked(argument++);
    }

    /** Nothing but what is measured. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ElectionAutoConfiguration.class, LeaderOnlyAutoConfiguration.class})
    @Import(Work.class)
    static class Application {}

    /** Does next to nothing. */
    static class Work {
        long plain(long given) {
            return given + 1;
        }

        @LeaderOnly(onFollower = OnFollower.REJECT)
        long marked(long given) {
            return given + 1;
        }
    }
}
