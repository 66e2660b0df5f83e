package io.github.election4j.embedded.autoconfigure;

import io.github.election4j.embedded.EmbeddedEtcd;
import io.github.election4j.embedded.EmbeddedEtcdException;
import io.github.election4j.spring.autoconfigure.EtcdConnectionDetails;
import java.net.BindException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The etcd at a port of this host: hosted by this process if the port was free, else by whoever took it. Not final, so
 * that it can be proxied.
 */
class SharedEtcd implements EtcdConnectionDetails, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SharedEtcd.class);

    private final String endpoint;
    private final @Nullable EmbeddedEtcd hosted;

    private SharedEtcd(String endpoint, @Nullable EmbeddedEtcd hosted) {
        this.endpoint = endpoint;
        this.hosted = hosted;
        log.warn("{}", getNotice());
    }

    static SharedEtcd hostOrJoin(int port) {
        try {
            EmbeddedEtcd hosted = EmbeddedEtcd.start(port);
            return new SharedEtcd(hosted.endpoint(), hosted);
        } catch (EmbeddedEtcdException failed) {
            if (failed.getCause() instanceof BindException) {
                return new SharedEtcd("http://127.0.0.1:" + port, null);
            }
            throw failed;
        }
    }

    @Override
    public List<String> getEndpoints() {
        return List.of(endpoint);
    }

    @Override
    public String getNotice() {
        return hosted == null
                ? "Joined the etcd that another process offers at " + endpoint
                        + ", since election.etcd.endpoints is not set; not for production"
                : "Hosting an embedded etcd at " + endpoint
                        + ", in memory, since election.etcd.endpoints is not set; not for production";
    }

    @Override
    public void close() {
        if (hosted != null) {
            hosted.close();
        }
    }
}
