package io.github.election4j.spring.load;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.github.election4j.Leadership;
import io.github.election4j.spring.LeaderOnly;
import io.github.election4j.spring.autoconfigure.ElectionAutoConfiguration;
import io.github.election4j.spring.autoconfigure.work.LeaderOnlyAutoConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/**
 * A member in a process of its own, which is killed without notice: 16 threads that write the token of their term,
 * guarded by the key of the leader.
 */
@SpringBootConfiguration
@ImportAutoConfiguration({ElectionAutoConfiguration.class, LeaderOnlyAutoConfiguration.class})
@Import(GuardedWriter.Writes.class)
class GuardedWriter {
    static final int CALLERS = 16;
    static final String WRITTEN = "/written";

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    public static void main(String[] arguments) {
        Writes writes = new SpringApplicationBuilder(GuardedWriter.class)
                .web(WebApplicationType.NONE)
                .run(arguments)
                .getBean(Writes.class);
        IntStream.range(0, CALLERS)
                .forEach(each -> Executors.newSingleThreadExecutor().execute(() -> writeForEver(writes)));
    }

    private static void writeForEver(Writes writes) {
        while (true) {
            try {
                writes.write();
            } catch (Exception refusedOrNoAnswer) {
                System.out.println("not written: " + refusedOrNoAnswer);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    static class Writes {
        private final KV etcd;

        Writes(Client client) {
            etcd = client.getKVClient();
        }

        @LeaderOnly
        void write() throws ExecutionException, InterruptedException, TimeoutException {
            Leadership term = Leadership.current();
            ByteSequence token = bytes(Long.toString(term.fencingToken()));
            boolean written = etcd.txn()
                    .If(new Cmp(
                            bytes(term.leader().key()), Cmp.Op.EQUAL, CmpTarget.createRevision(term.fencingToken())))
                    .Then(Op.put(bytes(WRITTEN), token, PutOption.DEFAULT))
                    .commit()
                    .get(5, TimeUnit.SECONDS)
                    .isSucceeded();
            if (!written) {
                throw new IllegalStateException("the term is over");
            }
        }
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
