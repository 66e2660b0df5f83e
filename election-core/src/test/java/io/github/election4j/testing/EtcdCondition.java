package io.github.election4j.testing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what cannot run for want of etcd, and never silently. */
class EtcdCondition implements ExecutionCondition {
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<NeedsEtcd> needs = AnnotationSupport.findAnnotation(context.getElement(), NeedsEtcd.class);
        if (needs.isEmpty() || "required".equals(System.getenv("ELECTION4J_ETCD"))) {
            return ConditionEvaluationResult.enabled("runs");
        }
        boolean server = needs.get().real() || System.getProperty(TestEtcd.PROVIDER) == null;
        boolean client = needs.get().real() || needs.get().etcdctl();
        Optional<String> missing = (server ? EtcdBinary.missingServer() : Optional.<String>empty())
                .or(() -> client ? EtcdBinary.missingClient() : Optional.empty());
        return missing.map(EtcdCondition::skipped).orElseGet(() -> ConditionEvaluationResult.enabled("etcd is there"));
    }

    private static ConditionEvaluationResult skipped(String sentence) {
        if (!WARNED.getAndSet(true)) {
            System.err.println("[WARNING] Tests that need a real etcd are skipped. " + sentence);
        }
        return ConditionEvaluationResult.disabled(sentence);
    }
}
