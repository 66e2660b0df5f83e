package io.github.election4j.etcd;

import static io.github.election4j.etcd.BuilderSettings.LONGEST_NAME;
import static io.github.election4j.etcd.BuilderSettings.LONGEST_TEXT;
import static io.github.election4j.etcd.BuilderSettings.given;
import static io.github.election4j.etcd.BuilderSettings.require;
import static io.github.election4j.etcd.BuilderSettings.requireFailOver;
import static io.github.election4j.etcd.BuilderSettings.requireTimeout;
import static io.github.election4j.etcd.BuilderSettings.text;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.github.election4j.Elections;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.internal.runtime.DefaultElections;
import io.github.election4j.internal.runtime.LockFile;
import io.github.election4j.internal.runtime.SessionSettings;
import io.github.election4j.spi.EngineObserver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link Elections} on etcd, from endpoints or from a jetcd client of the caller's.
 *
 * <p>A builder is not safe for use by several threads; what it builds is, and keeps the settings of that moment.
 * Building does not touch the network: whether etcd can be reached shows in the status.
 *
 * <p>No setting takes null, but for the credentials: an {@link InvalidElectionConfigException} names it.
 *
 * @since 0.1.0
 */
public final class EtcdElections {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);
    private static final Duration LONGEST_DEFAULT_REQUEST = Duration.ofSeconds(3);
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    private final List<URI> endpoints = new ArrayList<>();
    private @Nullable Client client;
    private Consumer<ClientBuilder> customizer = builder -> {};
    private @Nullable String user;
    private @Nullable String password;
    private String namespace = "";
    private Duration leaseDuration = Duration.ofSeconds(10);
    private @Nullable Duration failOver;
    private Duration connectTimeout = Duration.ofSeconds(2);
    private @Nullable Duration requestTimeout;
    private @Nullable Path lockFile;
    private EngineObserver observer = EngineObserver.NONE;

    private EtcdElections() {}

    /** {@return a builder with defaults; it needs endpoints or a client} */
    public static EtcdElections builder() {
        return new EtcdElections();
    }

    /**
     * Sets where etcd is. To {@code https} endpoints it speaks TLS and trusts what the JVM trusts, unless
     * {@link #clientCustomizer} sets an SSL context.
     *
     * @param newEndpoints URLs such as {@code http://localhost:2379}, one for each member; all https or none
     * @return this builder
     * @throws InvalidElectionConfigException if one is not a URL with a host and a port, or names a user
     */
    public EtcdElections endpoints(String... newEndpoints) {
        return endpoints(Arrays.asList(given("endpoints", newEndpoints)));
    }

    /**
     * Sets where etcd is. To {@code https} endpoints it speaks TLS and trusts what the JVM trusts, unless
     * {@link #clientCustomizer} sets an SSL context.
     *
     * @param newEndpoints URLs such as {@code http://localhost:2379}, one for each member; all https or none
     * @return this builder
     * @throws InvalidElectionConfigException if one is not a URL with a host and a port, or names a user
     */
    public EtcdElections endpoints(List<String> newEndpoints) {
        List<URI> all = given("endpoints", newEndpoints).stream()
                .map(BuilderSettings::endpoint)
                .toList();
        endpoints.clear();
        endpoints.addAll(all);
        return this;
    }

    /**
     * Sets a client to use instead of endpoints. It is never closed and never replaced: after a long outage its own
     * back-off, up to two minutes, decides when this member is back. Its calls should have deadlines.
     *
     * @param newClient the caller's client
     * @return this builder
     */
    public EtcdElections client(Client newClient) {
        client = given("client", newClient);
        return this;
    }

    /**
     * Sets what else each client built needs: an SSL context, an authority. Called when a client is first needed, and
     * again whenever it is replaced, each time on a thread of its own: it may read files or ask a vault. Until it has
     * returned, requests fail when their time is over; where it throws it is called again.
     *
     * @param newCustomizer changes the builder; the last word is its own
     * @return this builder
     */
    public EtcdElections clientCustomizer(Consumer<ClientBuilder> newCustomizer) {
        customizer = given("clientCustomizer", newCustomizer);
        return this;
    }

    /**
     * Sets who to be for etcd.
     *
     * @param newUser the user, null for none; at most 256 characters, without control characters
     * @param newPassword the password, null for none
     * @return this builder
     * @throws InvalidElectionConfigException if the user cannot be one
     */
    public EtcdElections credentials(@Nullable String newUser, @Nullable String newPassword) {
        user = newUser == null ? null : text("user", newUser, LONGEST_NAME);
        password = newPassword;
        return this;
    }

    /**
     * Sets a prefix for every key in etcd, unseen by everything else.
     *
     * @param newNamespace the prefix, at most 1,024 characters, without control characters; empty, the default, for
     *     none
     * @return this builder
     * @throws InvalidElectionConfigException if it cannot be part of a key
     */
    public EtcdElections namespace(String newNamespace) {
        boolean none = given("namespace", newNamespace).isEmpty();
        namespace = none ? "" : text("namespace", newNamespace, LONGEST_TEXT);
        return this;
    }

    /**
     * Sets the time to live of the lease: how long a crashed leader blocks its successor. Small costs false alarms and
     * load, large costs time after a crash. A leader is valid for 0.8 of it after its last heartbeat.
     *
     * @param newDuration at least 2 s, which is what etcd grants by default; default 10 s
     * @return this builder
     */
    public EtcdElections leaseDuration(Duration newDuration) {
        leaseDuration = given("leaseDuration", newDuration);
        return this;
    }

    /**
     * Sets how soon a leader that has fallen silent is replaced, whatever the lease. Beats then go out more than four
     * times in this time, instead of three times in a lease: small costs puts, and terms that end because one put was
     * slow. By default, 0.88 of the lease.
     *
     * @param newDuration at least 1 s, at most 0.88 of the lease duration; null for the default
     * @return this builder
     */
    public EtcdElections failOver(@Nullable Duration newDuration) {
        failOver = newDuration;
        return this;
    }

    /**
     * Sets the limit of one attempt to connect.
     *
     * @param newTimeout at most 1 h; default 2 s
     * @return this builder
     */
    public EtcdElections connectTimeout(Duration newTimeout) {
        connectTimeout = given("connectTimeout", newTimeout);
        return this;
    }

    /**
     * Sets the limit of one request. Renewals and heartbeats have a shorter one, a sixth of the lease.
     *
     * @param newTimeout below the lease duration; default 3 s, or half the lease duration if that is less
     * @return this builder
     */
    public EtcdElections requestTimeout(Duration newTimeout) {
        requestTimeout = given("requestTimeout", newTimeout);
        return this;
    }

    /**
     * Sets a file that proves to the next process with the same ids that this one is dead: it is locked until the
     * elections are closed or the process ends, and names its lease. A process that finds it unlocked clears the
     * candidacies that the one before it has left behind, instead of waiting until they are over. The file is made if
     * it is not there; nothing else in this process may open it, and it is not on a network. {@link #build()} waits up
     * to 5 s for another session of this process that holds it and may be about to close.
     *
     * @param newFile a file of this process alone, on a local file system of Linux; null, the default, for none
     * @return this builder
     */
    public EtcdElections lockFile(@Nullable Path newFile) {
        lockFile = newFile;
        return this;
    }

    /**
     * Sets who hears what the engine does, for metrics.
     *
     * @param newObserver returns at once and does not throw
     * @return this builder
     */
    public EtcdElections observer(EngineObserver newObserver) {
        observer = given("observer", newObserver);
        return this;
    }

    /**
     * {@return the elections; close them to leave in order}
     *
     * @throws InvalidElectionConfigException if a setting cannot be used, two contradict each other, or the lock file
     *     cannot be one or is in use
     */
    public Elections build() {
        validate();
        Client borrowed = client;
        EtcdConnection connection = borrowed == null
                ? EtcdConnection.owned(clientSettings()::newClient, effectiveRequestTimeout())
                : EtcdConnection.borrowed(borrowed);
        SessionSettings settings =
                new SessionSettings(leaseDuration, failOver, effectiveRequestTimeout(), connectTimeout);
        return DefaultElections.create(new EtcdElectionStore(connection, namespace), settings, observer, locked());
    }

    /** At last, for nothing fails after it that would have to give it up. */
    private @Nullable LockFile locked() {
        Path file = lockFile;
        return file == null ? null : LockFile.open(file);
    }

    private ClientSettings clientSettings() {
        return new ClientSettings(endpoints, user, password, connectTimeout, effectiveRequestTimeout(), customizer);
    }

    private Duration effectiveRequestTimeout() {
        if (requestTimeout != null) {
            return requestTimeout;
        }
        Duration half = leaseDuration.dividedBy(2);
        return half.compareTo(LONGEST_DEFAULT_REQUEST) < 0 ? half : LONGEST_DEFAULT_REQUEST;
    }

    /**
     * Checks all that {@link #build()} checks but the lock file, and builds nothing: for who builds later, or more than
     * once.
     *
     * @throws InvalidElectionConfigException if a setting cannot be used, or two contradict each other
     */
    public void validate() {
        validateTimes();
        require(
                (user == null) == (password == null),
                "user, password",
                user == null ? "there is a password without a user" : "there is a user without a password",
                "Set both or neither.");
        require(
                client != null || !endpoints.isEmpty(),
                "endpoints",
                "there is none, and no client either",
                "Name at least one, such as http://localhost:2379.");
        require(
                !ClientSettings.speakTls(endpoints)
                        || endpoints.stream().allMatch(each -> "https".equals(each.getScheme())),
                "endpoints",
                "some are https and some http",
                "Use one of the two for all: a client speaks TLS to all members or to none.");
        require(
                client == null || (endpoints.isEmpty() && user == null),
                "client, endpoints",
                "there is a client, and endpoints or a user beside it",
                "A client brings its own: leave the others out.");
    }

    private void validateTimes() {
        require(
                leaseDuration.compareTo(SHORTEST_LEASE) >= 0 && leaseDuration.compareTo(LONGEST_LEASE) <= 0,
                "leaseDuration",
                leaseDuration + " is out of range",
                "Choose a value between 2s and 1h.");
        requireFailOver(failOver, leaseDuration);
        requireTimeout("connectTimeout", connectTimeout);
        Duration request = effectiveRequestTimeout();
        requireTimeout("requestTimeout", request);
        require(
                request.compareTo(leaseDuration) < 0,
                "requestTimeout, leaseDuration",
                "a request may take " + request + ", which is not less than the lease of " + leaseDuration,
                "Lower the request timeout or lengthen the lease.");
    }
}
