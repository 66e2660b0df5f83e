package io.github.election4j.etcd;

import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.github.election4j.spi.StoreException;
import io.github.election4j.spi.StoreException.Kind;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The one place that knows how etcd and jetcd say that something failed. */
final class EtcdErrors {
    private EtcdErrors() {}

    static StoreException normalise(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof StoreException known) {
            return known;
        }
        if (cause instanceof CompactedException compacted) {
            return new StoreException(Kind.COMPACTED, firstLine(compacted), compacted);
        }
        return new StoreException(kind(code(cause), text(cause)), firstLine(cause), cause);
    }

    private static Kind kind(String code, String text) {
        if (text.contains("lease not found")) {
            return Kind.LEASE_NOT_FOUND;
        }
        if (text.contains("too many requests")) {
            return Kind.BUSY;
        }
        if (text.contains("invalid auth token")
                || text.contains("token expired")
                || text.contains("revision of auth")) {
            return Kind.UNAVAILABLE; // jetcd asks for another one
        }
        if (text.contains("permission denied")
                || text.contains("user name is empty")
                || text.contains("authentication failed")) {
            return Kind.DENIED;
        }
        // Any other UNAUTHENTICATED is a connection that failed while jetcd asked for a token: no word on permissions.
        return switch (code) {
            case "NOT_FOUND" -> Kind.LEASE_NOT_FOUND;
            case "PERMISSION_DENIED" -> Kind.DENIED;
            case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE", "UNIMPLEMENTED" ->
                text.contains("compacted") ? Kind.COMPACTED : Kind.REFUSED;
            // The client itself says so of an answer that is too large, to a request that may have been applied.
            case "RESOURCE_EXHAUSTED" -> text.contains("etcdserver: ") ? Kind.REFUSED : Kind.UNAVAILABLE;
            default -> Kind.UNAVAILABLE;
        };
    }

    private static String code(Throwable cause) {
        if (cause instanceof StatusRuntimeException status) {
            return status.getStatus().getCode().name();
        } else if (cause instanceof StatusException status) {
            return status.getStatus().getCode().name();
        } else if (cause instanceof EtcdException etcd) {
            ErrorCode code = etcd.getErrorCode();
            return code.name();
        }
        return "UNKNOWN";
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String firstLine(Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "no answer from etcd in time";
        }
        if ("UNAUTHENTICATED".equals(cause.getMessage())) {
            return "UNAUTHENTICATED: etcd gave no token; check user and password, and whether etcd can be reached";
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
