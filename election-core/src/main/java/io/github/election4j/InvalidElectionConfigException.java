package io.github.election4j;

/**
 * A setting is missing, out of range, or contradicts another one. Thrown when a configuration is built.
 *
 * @since 0.1.0
 */
public class InvalidElectionConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The setting or the two settings concerned. */
    private final String setting;
    /** What was found and why it cannot be used. */
    private final String found;
    /** What to do. */
    private final String action;

    /**
     * Creates an exception.
     *
     * @param setting the setting or the two settings concerned, by the names of their builder methods
     * @param found what was found and why it cannot be used
     * @param action what to do
     */
    public InvalidElectionConfigException(String setting, String found, String action) {
        super(setting + ": " + found + ". " + action);
        this.setting = setting;
        this.found = found;
        this.action = action;
    }

    /** {@return the setting concerned} */
    public String setting() {
        return setting;
    }

    /** {@return what was found and why it cannot be used} */
    public String found() {
        return found;
    }

    /** {@return what to do} */
    public String action() {
        return action;
    }
}
