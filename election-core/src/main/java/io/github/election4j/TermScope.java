package io.github.election4j;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Of which term the work is part that a thread does. */
final class TermScope {
    private static final ThreadLocal<@Nullable Leadership> CURRENT = new ThreadLocal<>();

    private TermScope() {}

    static Leadership current() {
        Leadership term = CURRENT.get();
        if (term == null) {
            throw new IllegalStateException(
                    "This thread does no work of a leader: ask Election.leadership() for the term"
                            + " of this member, or call from within Election.whileLeading or Leadership.call");
        }
        return term;
    }

    static <T extends @Nullable Object> T call(Leadership term, Callable<T> work) throws Exception {
        Leadership outer = CURRENT.get();
        CURRENT.set(term);
        try {
            return work.call();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }
}
