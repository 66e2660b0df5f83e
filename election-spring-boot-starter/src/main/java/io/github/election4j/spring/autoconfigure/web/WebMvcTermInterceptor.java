package io.github.election4j.spring.autoconfigure.web;

import io.github.election4j.spring.web.ElectionHeaders;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;

/** Looks at what a client sent, and not again when its answer is dispatched: that is of work which is done. */
class WebMvcTermInterceptor implements HandlerInterceptor {
    private final RequestedTerms terms;

    WebMvcTermInterceptor(RequestedTerms terms) {
        this.terms = terms;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            terms.require(request.getHeader(ElectionHeaders.NAME), request.getHeader(ElectionHeaders.TOKEN));
        }
        return true;
    }
}
