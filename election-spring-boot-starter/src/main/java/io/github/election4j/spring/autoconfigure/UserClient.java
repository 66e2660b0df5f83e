package io.github.election4j.spring.autoconfigure;

import io.etcd.jetcd.Client;
import io.github.election4j.InvalidElectionConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * The client of etcd that the application defines, for elections to use.
 *
 * @param names of its bean; of several, where none of them is primary
 * @param client null unless there is a single one, or a primary
 */
record UserClient(List<String> names, @Nullable Client client) {
    /** {@return what was found; the auto-configured client and those that are no candidates do not count} */
    static UserClient find(ConfigurableListableBeanFactory beans, ObjectProvider<Client> clients) {
        List<String> names = Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, Client.class))
                .filter(name -> !name.equals(EtcdClientConfiguration.CLIENT) && isCandidate(beans, name))
                .toList();
        return switch (names.size()) {
            case 0 -> new UserClient(names, null);
            case 1 -> new UserClient(names, beans.getBean(names.get(0), Client.class));
            default -> new UserClient(names, clients.getIfUnique());
        };
    }

    private static boolean isCandidate(ConfigurableListableBeanFactory beans, String name) {
        if (!beans.containsBeanDefinition(name)) {
            return true; // a singleton that was registered as it is, or a bean of a parent
        }
        BeanDefinition definition = beans.getMergedBeanDefinition(name);
        return definition.isAutowireCandidate()
                && (!(definition instanceof AbstractBeanDefinition details) || details.isDefaultCandidate());
    }

    boolean isPresent() {
        return !names.isEmpty();
    }

    /** {@return the client} Refuses to choose one of several, and to choose between it and what the properties say. */
    Client require(List<String> contradicting) {
        if (client == null) {
            throw new InvalidElectionConfigException(
                    "client",
                    "there are several beans of type " + Client.class.getName() + ", " + names
                            + ", and none of them is primary",
                    "Mark one with @Primary, for elections to use; or have elections use none of them, by defining them"
                            + " with @Bean(defaultCandidate = false), or by defining a bean of type"
                            + " EtcdConnectionDetails, which says where etcd is and always wins.");
        }
        if (!contradicting.isEmpty()) {
            throw new InvalidElectionConfigException(
                    String.join(", ", contradicting),
                    "set beside a bean of type " + Client.class.getName() + ", " + names + ": two say where etcd is",
                    "Remove the bean: a client is made of the properties, for you to inject. Or remove the properties:"
                            + " elections use the bean. Or define the bean with @Bean(defaultCandidate = false), and"
                            + " elections leave it alone.");
        }
        return Objects.requireNonNull(client);
    }
}
