package io.github.election4j.spring;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What an endpoint would answer of one election in which three members take part: m1, which is asked, m2 and m3. */
final class CannedState {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One for all that a state tells, so that what is shown of it is exact; of the last one that was made. */
    private static Instant now = Instant.EPOCH;

    private final Map<String, @Nullable Object> session =
            map("state", "ACTIVE", "leaseId", "a1", "grantedTtlMs", 15_000, "validForMs", 12_345);
    private final Map<String, @Nullable Object> election;

    private CannedState(Map<String, @Nullable Object> election) {
        this.election = election;
    }

    /** m1 leads, after m2 and a gap. */
    static CannedState led() {
        now = Instant.now();
        Map<String, @Nullable Object> first = candidate("m1", "http://m1.example:8080", "a1", 7);
        return new CannedState(map(
                "key",
                "/election/reports",
                "id",
                "m1",
                "address",
                "http://m1.example:8080",
                "state",
                "LEADING",
                "leader",
                first,
                "evicted",
                false,
                "candidates",
                List.of(first, candidate("m2", "http://m2.example:8080", "b2", 9), candidate("m3", "rack 3", "c3", 12)),
                "fencingToken",
                7,
                "since",
                ago(130),
                "lastError",
                null,
                "history",
                List.of(
                        change(3_000, "OBSERVED", null, candidate("m2", "", "b1", 3)),
                        change(134, "OBSERVED", candidate("m2", "", "b1", 3), null),
                        change(130, "ELECTED", null, first))));
    }

    /** The others wait, and nobody leads yet. */
    static CannedState leaderless() {
        CannedState state = led().with("state", "WAITING").with("leader", null).with("fencingToken", null);
        return state.with(
                "history",
                List.of(
                        change(130, "ELECTED", null, candidate("m1", "", "a1", 7)),
                        change(12, "RESIGNED", candidate("m1", "", "a1", 7), null)));
    }

    /** m1 has lost etcd. */
    static CannedState disconnected(int secondsAgo) {
        CannedState state = led().with("state", "DISCONNECTED").with("since", ago(secondsAgo));
        state.session.put("state", "DISCONNECTED");
        state.session.put("validForMs", 0);
        return state.with("lastError", "renew: UNAVAILABLE: io exception: Connection refused: localhost:2379");
    }

    /** m1 is out, and m2 leads. */
    static CannedState evicted() {
        Map<String, @Nullable Object> first = candidate("m1", "http://m1.example:8080", "a1", 7);
        Map<String, @Nullable Object> second = candidate("m2", "http://m2.example:8080", "b2", 9);
        return led().with("state", "EVICTED")
                .with("leader", second)
                .with("evicted", true)
                .with("fencingToken", null)
                .with("candidates", List.of(second, candidate("m3", "rack 3", "c3", 12)))
                .with(
                        "evictions",
                        List.of(
                                map(
                                        "id", "m1",
                                        "by", "anna",
                                        "reason", "disk is being replaced",
                                        "since", ago(60),
                                        "until", ago(-1_740)),
                                map("id", "m9", "by", null, "reason", null, "since", ago(9_000), "until", null)))
                .with(
                        "history",
                        List.of(
                                change(6_960, "ELECTED", null, first),
                                change(61, "EVICTED", first, null),
                                change(60, "OBSERVED", null, second)))
                .with(
                        "terms",
                        List.of(
                                term("m3", 2, 90_000, 7_000, "SESSION_LOST", null),
                                term("m1", 7, 6_960, 61, "EVICTED", "anna"),
                                term("m2", 9, 60, null, null, null)));
    }

    CannedState with(String field, @Nullable Object value) {
        election.put(field, value);
        return this;
    }

    String json() {
        return JSON.writeValueAsString(map("session", session, "elections", map("reports", election)));
    }

    static Map<String, @Nullable Object> candidate(String id, String address, String lease, long token) {
        return map("id", id, "address", address, "key", "/election/reports/" + lease, "fencingToken", token);
    }

    private static Map<String, @Nullable Object> change(
            long secondsAgo, String reason, @Nullable Object previous, @Nullable Object leader) {
        return map(
                "time",
                ago(secondsAgo),
                "state",
                switch (reason) {
                    case "ELECTED" -> "IS_LEADER";
                    case "OBSERVED" -> "IS_NOT_LEADER";
                    default -> "RETIRE_FROM_LEADER";
                },
                "reason",
                reason,
                "previousLeader",
                previous,
                "leader",
                leader,
                "fencingToken",
                null);
    }

    static Map<String, @Nullable Object> term(
            String id, long token, long from, @Nullable Integer until, @Nullable String reason, @Nullable String by) {
        return map(
                "id",
                id,
                "address",
                "",
                "fencingToken",
                token,
                "from",
                ago(from),
                "until",
                until == null ? null : ago(until),
                "reason",
                reason,
                "by",
                by);
    }

    private static String ago(long seconds) {
        return now.minusSeconds(seconds).toString();
    }

    /** Names and values by turns; unlike the map of the JDK it has nulls, and keeps the order. */
    private static Map<String, @Nullable Object> map(@Nullable Object... fields) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put(String.valueOf(fields[i]), fields[i + 1]);
        }
        return map;
    }
}
