package io.github.election4j.spring.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address that requests can be sent to: what a leader says of itself in etcd, once it was found to be an absolute
 * http or https URI with a host and, at most, a port and a path. Immutable.
 *
 * @since 0.1.0
 */
public final class LeaderAddress {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int HIGHEST_PORT = 65_535;

    /** Of ASCII only, so that it fits into a header. */
    private final URI uri;

    private LeaderAddress(URI uri) {
        this.uri = uri;
    }

    /**
     * {@return the address; empty if nothing can be sent to it}
     *
     * @param address what a leader says; anyone who can write to etcd may have written it
     */
    public static Optional<LeaderAddress> parse(String address) {
        try {
            URI uri = new URI(address);
            return isUsable(uri) ? Optional.of(new LeaderAddress(new URI(uri.toASCIIString()))) : Optional.empty();
        } catch (URISyntaxException noUri) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(URI uri) {
        String scheme = uri.getScheme();
        return scheme != null
                && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))
                && uri.getHost() != null
                && uri.getPort() != 0
                && uri.getPort() <= HIGHEST_PORT
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    /** {@return the path of this address, as it is encoded, without a slash at its end; may be empty} */
    public String basePath() {
        return withoutSlash(uri.getRawPath());
    }

    /**
     * {@return a URI below this address}
     *
     * @param rawPath appended to the path of this address, as it is encoded; empty for the address itself
     * @param rawQuery as it is encoded; null for none
     * @throws URISyntaxException if these are no path and no query
     */
    public URI resolve(String rawPath, @Nullable String rawQuery) throws URISyntaxException {
        String slash = rawPath.isEmpty() || rawPath.startsWith("/") ? "" : "/";
        String target = rawPath.isEmpty() ? uri.toString() : withoutSlash(uri.toString()) + slash + rawPath;
        return new URI(rawQuery == null ? target : target + "?" + rawQuery);
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** {@return the address, in ASCII} */
    @Override
    public String toString() {
        return uri.toString();
    }
}
