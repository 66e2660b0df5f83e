package io.github.election4j.embedded.internal.model;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The errors of etcd, by its own codes and texts. */
final class Errors {
    private Errors() {}

    static StatusRuntimeException emptyKey() {
        return error(Status.INVALID_ARGUMENT, "key is not provided");
    }

    static StatusRuntimeException keyNotFound() {
        return error(Status.INVALID_ARGUMENT, "key not found");
    }

    static StatusRuntimeException valueProvided() {
        return error(Status.INVALID_ARGUMENT, "value is provided");
    }

    static StatusRuntimeException leaseProvided() {
        return error(Status.INVALID_ARGUMENT, "lease is provided");
    }

    static StatusRuntimeException tooManyOperations() {
        return error(Status.INVALID_ARGUMENT, "too many operations in txn request");
    }

    static StatusRuntimeException duplicateKey() {
        return error(Status.INVALID_ARGUMENT, "duplicate key given in txn request");
    }

    static StatusRuntimeException compacted() {
        return error(Status.OUT_OF_RANGE, "mvcc: required revision has been compacted");
    }

    static StatusRuntimeException futureRevision() {
        return error(Status.OUT_OF_RANGE, "mvcc: required revision is a future revision");
    }

    static StatusRuntimeException leaseNotFound() {
        return error(Status.NOT_FOUND, "requested lease not found");
    }

    static StatusRuntimeException leaseExists() {
        return error(Status.FAILED_PRECONDITION, "lease already exists");
    }

    static StatusRuntimeException leaseTtlTooLarge() {
        return error(Status.OUT_OF_RANGE, "too large lease TTL");
    }

    /** Not etcd's own: what this one does not know is refused, never read as something else. */
    static StatusRuntimeException notOffered(String what) {
        return Status.UNIMPLEMENTED
                .withDescription("The embedded etcd does not offer " + what)
                .asRuntimeException();
    }

    private static StatusRuntimeException error(Status status, String text) {
        return status.withDescription("etcdserver: " + text).asRuntimeException();
    }
}
