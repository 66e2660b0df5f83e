package io.github.election4j.internal.machine;

import io.github.election4j.spi.KeyRange;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an election keeps what.
 *
 * @param election its key
 */
public record ElectionKeys(String election) {
    /** Anything else under the prefix belongs to another election whose key starts with ours. */
    private static final Pattern LEASE = Pattern.compile("[0-9a-f]+");

    private static final String BEATS = "/election4j/beat/";

    /** {@return what every candidate's key starts with} */
    public String prefix() {
        return election + "/";
    }

    /** {@return the key of the mark (P7), which has no lease} */
    public String mark() {
        return election + ".~held";
    }

    /**
     * {@return the key of an eviction that lasts}
     *
     * @param id whom it is for
     */
    public String eviction(String id) {
        return evictions() + id;
    }

    /** {@return what every key of an eviction starts with} */
    String evictions() {
        return election + ".~evicted/";
    }

    /**
     * {@return the key of an order}
     *
     * @param place the key of the candidate that it is for
     */
    public String order(String place) {
        return orders() + leaseOf(place);
    }

    /** {@return what every key of an order starts with} */
    String orders() {
        return election + ".~order/";
    }

    /** {@return the key of a term in the journal, which sorts by its token} */
    String term(long token) {
        return terms() + String.format(Locale.ROOT, "%019d", token);
    }

    /** {@return what every key of the journal starts with} */
    String terms() {
        return election + ".~terms/";
    }

    /** {@return P3: the candidates, the mark, and whatever else is kept beside the queue} */
    public KeyRange range() {
        return new KeyRange(election + ".~", election + "0");
    }

    /**
     * {@return the candidate's key of a lease}
     *
     * @param lease the lease
     */
    public String place(long lease) {
        return prefix() + Long.toHexString(lease);
    }

    /**
     * {@return whether a key is a candidate's: {@code prefix + lease in hex}}
     *
     * @param key any key
     */
    public boolean isPlace(String key) {
        return key.startsWith(prefix())
                && LEASE.matcher(key.substring(prefix().length())).matches();
    }

    /** {@return the lease in a candidate's key, in hex} */
    String leaseOf(String place) {
        return place.substring(prefix().length());
    }

    /**
     * {@return the key of a beat (P4)}
     *
     * @param lease the lease of the process, in hex
     * @param group which of its beats
     */
    public static String beat(String lease, int group) {
        return BEATS + lease + "/" + group;
    }
}
