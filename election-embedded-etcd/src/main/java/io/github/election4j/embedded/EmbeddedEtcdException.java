package io.github.election4j.embedded;

/**
 * An embedded etcd could not be started.
 *
 * @since 0.1.0
 */
public class EmbeddedEtcdException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param message what failed, and what to do
     * @param cause why; a {@link java.net.BindException} if somebody else has the port
     */
    public EmbeddedEtcdException(String message, Throwable cause) {
        super(message, cause);
    }
}
