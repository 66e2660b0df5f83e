package io.github.election4j.embedded.contract;

/** A part of {@link EtcdContract}: rules of one kind, as test methods. */
interface Contract {
    String EMPTY_KEY = "INVALID_ARGUMENT: etcdserver: key is not provided";
    String COMPACTED = "OUT_OF_RANGE: etcdserver: mvcc: required revision has been compacted";
    String FUTURE = "OUT_OF_RANGE: etcdserver: mvcc: required revision is a future revision";
    String NO_LEASE = "NOT_FOUND: etcdserver: requested lease not found";

    /** An etcd whose store is empty and whose revisions are counted from now. */
    Dialogue etcd();
}
