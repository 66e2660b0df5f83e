package io.github.election4j.rig;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.github.election4j.Election;
import io.github.election4j.ElectionConfig;
import io.github.election4j.Leadership;
import io.github.election4j.etcd.EtcdElections;
import io.github.election4j.etcd.GuardedTxn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One process of the rig: a thread that does nothing but ask, and one that writes under the fencing token. */
public final class RigMain {
    static final String ENGINE = "engine";
    static final String KEY = "/rig/election";
    static final String DATA = "/rig/data/";
    static final String USER = "root";
    static final String PASSWORD = "root-secret";
    static final String SPINNER = "rig-spinner";
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(200).toNanos();
    private static final long BETWEEN_WRITES_NANOS = Duration.ofMillis(50).toNanos();

    /** One member is to be replaced sooner than the others, which each of them has to know. */
    private static final String HASTY = "m2";

    private static final Duration SHORTEST_FAIL_OVER = Duration.ofSeconds(1);

    private RigMain() {}

    /** Kind, id, file, seconds of the lease, and endpoints. */
    public static void main(String[] arguments) {
        String id = arguments[1];
        Recording recording = new Recording(id, Path.of(arguments[2]));
        Duration lease = Duration.ofSeconds(Long.parseLong(arguments[3]));
        String[] endpoints = arguments[4].split(",", -1);
        Thread clock = new Thread(() -> watchWallClock(recording), "rig-clock");
        clock.start();
        BooleanSupplier isLeader = ENGINE.equals(arguments[0])
                ? engine(id, lease, endpoints)
                : CommonRecipe.start(id, lease, endpoints)::isLeader;
        Thread spinner = new Thread(() -> spin(recording, isLeader), SPINNER);
        spinner.start();
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private static void watchWallClock(Recording recording) {
        while (true) {
            recording.recordWallClock();
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    private static void spin(Recording recording, BooleanSupplier isLeader) {
        while (true) {
            long asked = System.nanoTime();
            boolean answer = isLeader.getAsBoolean();
            recording.record(answer, asked, System.nanoTime());
        }
    }

    private static BooleanSupplier engine(String id, Duration lease, String... endpoints) {
        EtcdElections session = EtcdElections.builder()
                .endpoints(endpoints)
                .credentials(USER, PASSWORD)
                .leaseDuration(lease)
                .requestTimeout(lease.dividedBy(2));
        if (id.equals(HASTY)) {
            session.failOver(SHORTEST_FAIL_OVER);
        }
        Election election = session.build().join(ElectionConfig.of(KEY, id));
        election.addListener(event -> System.out.println(System.nanoTime() + " " + event));
        Client client = Client.builder()
                .endpoints(endpoints)
                .user(bytes(USER))
                .password(bytes(PASSWORD))
                .build();
        Thread writer = new Thread(() -> write(election, client, id), "rig-writer");
        writer.start();
        return election::isLeader;
    }

    /** Each under a key of its own, so that etcd itself tells in which order they landed. */
    private static void write(Election election, Client client, String id) {
        for (long number = 0; ; number++) {
            String written = id + "-" + ProcessHandle.current().pid() + "-" + number;
            election.leadership().ifPresent(term -> write(term, client, written));
            LockSupport.parkNanos(BETWEEN_WRITES_NANOS);
        }
    }

    private static void write(Leadership term, Client client, String written) {
        var unused = GuardedTxn.of(client.getKVClient(), term)
                .then(Op.put(bytes(DATA + written), bytes(Long.toString(term.fencingToken())), PutOption.DEFAULT))
                .commit();
    }
}
