package io.github.election4j.spring.actuate;

import io.github.election4j.Candidate;
import io.github.election4j.Election;
import io.github.election4j.EvictOptions;
import io.github.election4j.InvalidElectionConfigException;
import io.github.election4j.OperationOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/** What is asked of one election, checked before anything is done. */
enum Operation {
    EVICT("evict"),
    CANCEL_EVICT("cancel-evict"),
    RESIGN("resign"),
    TRANSFER("transfer"),
    CLEAR("clear");

    private final String path;

    Operation(String path) {
        this.path = path;
    }

    /**
     * What comes with it; null for what does not.
     *
     * @param id whom it concerns
     * @param duration for how long
     * @param reason why
     * @param by who asks for it; empty if that is not known
     */
    record Details(
            @Nullable String id,
            @Nullable String duration,
            @Nullable String reason,
            String by) {}

    static Operation of(String path) {
        for (Operation each : values()) {
            if (each.path.equals(path)) {
                return each;
            }
        }
        throw bad("Unknown operation '" + path + "'. There are "
                + List.of(values()).stream().map(each -> each.path).toList() + ".");
    }

    String path() {
        return path;
    }

    CompletableFuture<OperationOutcome> start(Election target, Details details) {
        if (this != EVICT && details.duration() != null) {
            throw bad("'for' is of no use to " + path + ", only to evict.");
        }
        try {
            return begin(target, details);
        } catch (InvalidElectionConfigException invalid) {
            throw bad(String.valueOf(invalid.getMessage()));
        }
    }

    private CompletableFuture<OperationOutcome> begin(Election target, Details details) {
        return switch (this) {
            case EVICT -> evict(target, details);
            case CANCEL_EVICT -> cancelEvict(target, orItself(target, details.id()));
            case RESIGN -> resign(target, orItself(target, details.id()));
            case TRANSFER -> target.transferTo(named(target, details.id(), "To transfer, name who is to lead"));
            case CLEAR -> target.clear(named(target, details.id(), "To clear, name the dead candidate"));
        };
    }

    /** Who names nobody means this process, until it ends. */
    private static CompletableFuture<OperationOutcome> evict(Election target, Details details) {
        if (details.id() == null && details.duration() == null && details.reason() == null) {
            return target.evict();
        }
        EvictOptions options = EvictOptions.of(orItself(target, details.id()))
                .withBy(details.by())
                .withReason(details.reason() == null ? "" : details.reason());
        return target.evict(details.duration() == null ? options : options.withDuration(duration(details.duration())));
    }

    /** Who names nobody means the member that is asked. */
    private static String orItself(Election target, @Nullable String id) {
        return id == null ? target.id() : id;
    }

    /** The member that is asked need not lead. */
    private static CompletableFuture<OperationOutcome> resign(Election target, String id) {
        return id.equals(target.id()) ? target.resign() : target.resign(id);
    }

    /** Of the member that is asked, whatever keeps it out. */
    private static CompletableFuture<OperationOutcome> cancelEvict(Election target, String id) {
        if (!id.equals(target.id())) {
            return target.cancelEvict(id);
        }
        return target.cancelEvict(target.id())
                .handle((lasting, failure) -> target.cancelEvict().thenCompose(process -> {
                    if (failure != null) {
                        return CompletableFuture.<OperationOutcome>failedFuture(failure);
                    }
                    return CompletableFuture.completedFuture(
                            process == OperationOutcome.NOT_EVICTED ? lasting : process);
                }))
                .thenCompose(outcome -> outcome);
    }

    private static String named(Election target, @Nullable String id, String otherwise) {
        if (!StringUtils.hasText(id)) {
            throw bad(otherwise + ": {\"id\":\"...\"}. Candidates of election '" + target.name() + "': "
                    + target.candidates().stream().map(Candidate::id).toList() + ".");
        }
        return id;
    }

    private static Duration duration(String text) {
        try {
            if (text.chars().noneMatch(Character::isLetter)) {
                throw new IllegalArgumentException("no unit"); // Milliseconds are what nobody means.
            }
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException noDuration) {
            throw bad("'for' is '" + text
                    + "', which is no duration with a unit. Write for example 90s, 15m, 2h or P3D.");
        }
    }

    private static RefusedException bad(String message) {
        return new RefusedException(WebEndpointResponse.STATUS_BAD_REQUEST, message);
    }
}
