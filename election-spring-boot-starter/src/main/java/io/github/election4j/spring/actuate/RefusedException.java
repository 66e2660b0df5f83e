package io.github.election4j.spring.actuate;

/** What was asked of the endpoint is not known, or not possible; the message says what there is. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Over the web the status is that of the answer; elsewhere the message is all there is. */
    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
