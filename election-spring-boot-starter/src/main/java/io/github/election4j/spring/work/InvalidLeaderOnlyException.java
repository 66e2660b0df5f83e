package io.github.election4j.spring.work;

/**
 * A {@link io.github.election4j.spring.LeaderOnly} is where it could not work.
 *
 * @since 0.1.0
 */
public class InvalidLeaderOnlyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Where it is. */
    private final String where;

    /** What was found, as a clause. */
    private final String found;

    /** What to do, as a sentence. */
    private final String action;

    /**
     * Creates an exception.
     *
     * @param where where the annotation is: a method, a class or a bean
     * @param found what was found there, as a clause
     * @param action what to do, as a sentence
     */
    public InvalidLeaderOnlyException(String where, String found, String action) {
        super("@LeaderOnly on " + where + " cannot work: " + found + ". " + action);
        this.where = where;
        this.found = found;
        this.action = action;
    }

    /** {@return where the annotation is} */
    public String where() {
        return where;
    }

    /** {@return what was found, as a clause} */
    public String found() {
        return found;
    }

    /** {@return what to do, as a sentence} */
    public String action() {
        return action;
    }
}
