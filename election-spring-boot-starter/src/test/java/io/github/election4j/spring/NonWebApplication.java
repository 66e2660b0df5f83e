package io.github.election4j.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.event.EventListener;

/** A process of its own, without a web server, that prints what it hears. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NonWebApplication {
    /** Runs it with Spring Boot's arguments. */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(NonWebApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.docker.compose.enabled=false") // on the class path, and there is no service to run
                .run(arguments);
    }

    @EventListener
    void changed(LeaderChangedEvent event) {
        System.out.println(event.getState());
    }
}
