package io.github.election4j.sample;

import io.github.election4j.sample.demo.Demo;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An application of which several copies run and one works. */
@SpringBootApplication
@EnableScheduling
public class SampleApplication {
    /**
     * Starts one copy; or, by the single word {@code demo}, three of them to look at.
     *
     * @param arguments Spring Boot's, such as {@code --server.port=8081}
     */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).equals(List.of("demo"))) {
            Demo.run();
        } else {
            SpringApplication.run(SampleApplication.class, arguments);
        }
    }
}
