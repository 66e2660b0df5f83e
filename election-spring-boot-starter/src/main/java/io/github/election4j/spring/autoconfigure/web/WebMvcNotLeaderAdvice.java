package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.spring.NotLeaderException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Answers for servlets; before advice without an order, which may handle whatever is thrown. */
@ControllerAdvice
@Order(0)
class WebMvcNotLeaderAdvice {
    private final NotLeaderAnswers answers;

    WebMvcNotLeaderAdvice(NotLeaderAnswers answers) {
        this.answers = answers;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(NotLeaderException refused, HttpServletRequest request) {
        return answers.to(
                refused,
                new RequestedPath(request.getRequestURI(), request.getContextPath(), request.getQueryString()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(UnusableTermException refused) {
        return answers.to(refused);
    }
}
