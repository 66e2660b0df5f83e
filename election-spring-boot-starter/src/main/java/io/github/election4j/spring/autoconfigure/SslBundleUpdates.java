package io.github.election4j.spring.autoconfigure;

import io.github.election4j.ElectionException;
import io.github.election4j.Elections;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundles;

/** Has a session connect anew whenever its SSL bundle is updated; what it leads it goes on leading. */
final class SslBundleUpdates {
    private static final Logger log = LoggerFactory.getLogger(SslBundleUpdates.class);

    private final String bundle;
    /** Bundles forget no handler, and may be those of a parent context, which outlives many sessions. */
    private final WeakReference<Elections> followed;

    private SslBundleUpdates(String bundle, Elections elections) {
        this.bundle = bundle;
        this.followed = new WeakReference<>(elections);
    }

    /** For as long as somebody uses the session. */
    static void follow(String bundle, SslBundles bundles, Elections elections) {
        SslBundleUpdates updates = new SslBundleUpdates(bundle, elections);
        bundles.addBundleUpdateHandler(bundle, updated -> updates.reconnect());
    }

    /** Does not wait: it is called by what watches the files of all bundles. */
    private void reconnect() {
        Elections elections = followed.get();
        if (elections != null) {
            reconnect(elections);
        }
    }

    private void reconnect(Elections elections) {
        elections.reconnect().whenComplete((done, failure) -> {
            if (failure == null) {
                log.info("SSL bundle '{}' (election.etcd.ssl.bundle) was updated: it is in use now", bundle);
            } else if (!isOfAClosedSession(failure)) {
                log.warn(
                        "SSL bundle '{}' (election.etcd.ssl.bundle) was updated and cannot be used. {}",
                        bundle,
                        failure.getMessage());
            }
        });
    }

    /** It uses what is newest when it is opened again. */
    private static boolean isOfAClosedSession(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ElectionException known && known.kind() == ElectionException.Kind.CLOSED;
    }
}
