package io.github.election4j.migration.after;

import java.util.function.Consumer;
import org.springframework.integration.annotation.MessageEndpoint;
import org.springframework.integration.annotation.Role;
import org.springframework.integration.annotation.ServiceActivator;

@MessageEndpoint
class Orders {
    private final Consumer<String> saved;

    Orders(Consumer<String> saved) {
        this.saved = saved;
    }

    @Role("reports")
    @ServiceActivator(inputChannel = "orders", autoStartup = "false")
    void handle(String order) {
        saved.accept(order);
    }
}
