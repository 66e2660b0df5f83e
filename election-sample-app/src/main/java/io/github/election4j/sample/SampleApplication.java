package io.github.election4j.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An application of which several copies run and one works. */
@SpringBootApplication
@EnableScheduling
public class SampleApplication {
    /**
     * Starts one copy.
     *
     * @param arguments Spring Boot's, such as {@code --server.port=8081}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(SampleApplication.class, arguments);
    }
}
