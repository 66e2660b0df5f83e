package io.github.election4j.embedded.junit;

import io.github.election4j.embedded.EmbeddedEtcd;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What {@link WithEmbeddedEtcd} does, for {@code @RegisterExtension}: in a static field one etcd for the class, in a
 * field of the instance one for each test. Needs JUnit 5.13 or newer. Holds no state, so classes may run in parallel.
 *
 * @since 0.1.0
 */
public final class EmbeddedEtcdExtension implements BeforeAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(EmbeddedEtcdExtension.class);

    /** Creates an extension. */
    public EmbeddedEtcdExtension() {}

    /** Nested classes and methods look into the store of their outer class, so the outermost one must have it first. */
    @Override
    public void beforeAll(ExtensionContext context) {
        etcd(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedEtcd.class;
    }

    @Override
    public EmbeddedEtcd resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return etcd(context);
    }

    /** Closed by JUnit with the store it is put into. */
    private static EmbeddedEtcd etcd(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        EmbeddedEtcd present = store.get(EmbeddedEtcd.class, EmbeddedEtcd.class);
        if (present == null) {
            present = EmbeddedEtcd.start();
            store.put(EmbeddedEtcd.class, present);
        }
        return present;
    }
}
