package io.github.election4j.rig;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For network namespaces and mounts. Skipped where they cannot be made, unless CI requires everything. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeedsRoot.Condition.class)
@interface NeedsRoot {
    /** Tries it. */
    class Condition implements ExecutionCondition {
        private static final String NAME = "e4j-try";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if ("required".equals(System.getenv("ELECTION4J_ETCD"))) {
                return ConditionEvaluationResult.enabled("required");
            }
            try {
                Shell.run("ip", "netns", "add", NAME);
                Shell.run("ip", "netns", "del", NAME);
                return ConditionEvaluationResult.enabled("network namespaces can be made");
            } catch (RuntimeException impossible) {
                String reason =
                        "The rig needs Linux, root, iproute2, e2fsprogs and util-linux: " + impossible.getMessage();
                System.err.println("[WARNING] " + reason);
                return ConditionEvaluationResult.disabled(reason);
            }
        }
    }
}
