package io.github.election4j.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what cannot run for want of etcd, and never silently. */
class EtcdCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<NeedsEtcd> needs = AnnotationSupport.findAnnotation(context.getElement(), NeedsEtcd.class);
        if (needs.isEmpty()) {
            return ConditionEvaluationResult.enabled("needs none");
        }
        boolean server = needs.get().real() || System.getProperty(TestEtcd.PROVIDER) == null;
        boolean client = needs.get().real() || needs.get().etcdctl();
        Optional<String> missing = (server ? EtcdBinary.missingServer() : Optional.<String>empty())
                .or(() -> client ? EtcdBinary.missingClient() : Optional.empty());
        return missing.map(remedy -> Evidence.missing("etcd", remedy))
                .orElseGet(() -> ConditionEvaluationResult.enabled("etcd is there"));
    }
}
