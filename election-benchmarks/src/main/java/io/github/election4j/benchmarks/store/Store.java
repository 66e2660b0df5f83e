package io.github.election4j.benchmarks.store;

import java.net.InetSocketAddress;

/** Running servers of one kind. */
public interface Store extends AutoCloseable {
    /** {@return what a peer connects to} */
    String address();

    /** {@return where one of its servers listens, for a proxy to stand before it} */
    InetSocketAddress socket();

    /** {@return what it has done so far} */
    Usage usage();

    /** {@return its name and version, as tables show them} */
    String version();

    @Override
    void close();
}
