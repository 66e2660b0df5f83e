package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.spring.NotLeaderException;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Answers for WebFlux; before advice without an order, which may handle whatever is thrown. */
@ControllerAdvice
@Order(0)
class WebFluxNotLeaderAdvice {
    private final NotLeaderAnswers answers;

    WebFluxNotLeaderAdvice(NotLeaderAnswers answers) {
        this.answers = answers;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(NotLeaderException refused, ServerHttpRequest request) {
        return answers.to(refused, path(request));
    }

    static RequestedPath path(ServerHttpRequest request) {
        return new RequestedPath(
                request.getURI().getRawPath(),
                request.getPath().contextPath().value(),
                request.getURI().getRawQuery());
    }
}
