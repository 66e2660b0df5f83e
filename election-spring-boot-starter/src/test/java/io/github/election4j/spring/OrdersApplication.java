package io.github.election4j.spring;

import io.github.election4j.Election;
import io.github.election4j.spring.web.ElectionHeaders;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Has a controller that answers on the leader only, and handles whatever is thrown. */
@SpringBootConfiguration
@EnableAutoConfiguration
class OrdersApplication {
    @RestController
    static class Orders {
        private final Election election;

        Orders(Election election) {
            this.election = election;
        }

        @GetMapping("/orders")
        String all(@RequestHeader(name = ElectionHeaders.TOKEN, required = false) @Nullable String token) {
            requireLeader();
            return election.id() + " " + token;
        }

        @PostMapping("/orders")
        String add(@RequestParam String customer, @RequestBody String order) {
            requireLeader();
            return election.id() + " " + customer + " " + order;
        }

        @GetMapping("/anywhere")
        String anywhere() {
            return election.id();
        }

        /** Answers when this member leads no longer. */
        @PostMapping("/resign")
        CompletableFuture<String> resign() {
            return election.resign().thenApply(outcome -> election.id() + " " + outcome);
        }

        private void requireLeader() {
            if (!election.isLeader()) {
                throw new NotLeaderException(election.name(), election.leader().orElse(null));
            }
        }
    }

    @ControllerAdvice
    static class CatchAll {
        @ExceptionHandler(Exception.class)
        ResponseEntity<String> failed(Exception e) {
            return ResponseEntity.internalServerError().body(e.toString());
        }
    }
}
