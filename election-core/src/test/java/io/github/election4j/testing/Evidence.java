package io.github.election4j.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs of the machine and may not find. Then it is skipped with a warning; but where the environment says
 * {@value #VARIABLE}{@code =required}, as it does in CI, it fails: evidence that has vanished must not look like
 * evidence.
 */
public final class Evidence {
    /** The variable of the environment. */
    public static final String VARIABLE = "ELECTION4J_EVIDENCE";

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private Evidence() {}

    public static boolean isRequired() {
        return "required".equals(System.getenv(VARIABLE));
    }

    /**
     * For a condition that found something missing.
     *
     * @param what what is missing, in a word or two: the end of the build counts skipped tests by it
     * @param remedy a sentence that says how to get it
     */
    public static ConditionEvaluationResult missing(String what, String remedy) {
        if (isRequired()) {
            throw new AssertionFailedError(
                    VARIABLE + "=required, but there is no " + what + " on this machine. " + remedy);
        }
        return ConditionEvaluationResult.disabled(sentence(what, remedy));
    }

    /** As {@link #missing}, in the middle of a test. */
    public static void require(boolean found, String what, String remedy) {
        if (!found && isRequired()) {
            throw new AssertionFailedError(
                    VARIABLE + "=required, but there is no " + what + " on this machine. " + remedy);
        }
        if (!found) {
            throw new TestAbortedException(sentence(what, remedy));
        }
    }

    private static String sentence(String what, String remedy) {
        String sentence = "for want of " + what + ": " + remedy;
        if (WARNED.add(what)) {
            System.err.println("[WARNING] Tests are skipped " + sentence);
        }
        return sentence;
    }
}
