package io.github.election4j.spring.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Details required to establish a connection to etcd. A bean of this type replaces the properties, and wins over a bean
 * of type {@link io.etcd.jetcd.Client}: elections connect to where it says.
 *
 * @since 0.1.0
 */
public interface EtcdConnectionDetails extends ConnectionDetails {
    /** {@return URLs of the members of etcd} */
    List<String> getEndpoints();

    /** {@return the user to be for etcd, null for none} */
    default @Nullable String getUser() {
        return null;
    }

    /** {@return the password of the user, null for none} */
    default @Nullable String getPassword() {
        return null;
    }

    /** {@return the SSL bundle to use, null for none} */
    default @Nullable SslBundle getSslBundle() {
        return null;
    }

    /** {@return what people should know of this etcd, shown in the endpoint and in health; null for nothing} */
    default @Nullable String getNotice() {
        return null;
    }
}
