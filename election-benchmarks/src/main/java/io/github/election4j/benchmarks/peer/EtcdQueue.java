package io.github.election4j.benchmarks.peer;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The queue of an election as etcd has it: a key for each member, the oldest of which leads. */
final class EtcdQueue {
    private static final long LIMIT_SECONDS = 5;

    private EtcdQueue() {}

    /** {@return how many members have a key} */
    static int size(Client client, String election) throws Exception {
        return (int)
                get(client, election, GetOption.builder().withCountOnly(true)).getCount();
    }

    /** {@return the value of the oldest key, which names its member, or "nobody"} */
    static String first(Client client, String election) throws Exception {
        GetOption.Builder oldest = GetOption.builder()
                .withSortField(GetOption.SortTarget.CREATE)
                .withSortOrder(GetOption.SortOrder.ASCEND)
                .withLimit(1);
        return get(client, election, oldest).getKvs().stream()
                .map(pair -> pair.getValue().toString(StandardCharsets.UTF_8))
                .findFirst()
                .orElse("nobody");
    }

    private static GetResponse get(Client client, String election, GetOption.Builder options) throws Exception {
        ByteSequence prefix = ByteSequence.from("/" + election + "/", StandardCharsets.UTF_8);
        return client.getKVClient().get(prefix, options.isPrefix(true).build()).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
