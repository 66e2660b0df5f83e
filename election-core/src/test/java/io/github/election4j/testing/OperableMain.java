package io.github.election4j.testing;

import static org.awaitility.Awaitility.await;

import io.github.election4j.ElectionConfig;
import io.github.election4j.ElectionException;
import io.github.election4j.EvictOptions;
import io.github.election4j.OperationOutcome;
import io.github.election4j.SessionStatus.State;
import io.github.election4j.etcd.EtcdElections;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * A member in a JVM of its own that is told what to do: {@code <number> <verb> <id>} a line. Prints {@code ANSWER
 * <number> <milliseconds> <outcome or kind of failure> <message>}, and while it leads {@code TRUE <from> <until>} again
 * and again: on the clock of the machine, from after the first true answer of a stretch until before its last.
 */
public final class OperableMain {
    private static final long PAUSE_NANOS = 20_000;
    private static final long TOLD_NANOS = 20_000_000;

    private OperableMain() {}

    /**
     * Joins the election {@code key} as {@code id} with a lease of so many milliseconds on an endpoint, and with a lock
     * file if one is named.
     */
    public static void main(String[] arguments) throws IOException {
        Duration lease = Duration.ofMillis(Long.parseLong(arguments[2]));
        EtcdElections builder = Member.builder(lease, arguments[3]);
        if (arguments.length > 4) {
            builder.lockFile(Path.of(arguments[4]));
        }
        try (Member member = Member.join(ElectionConfig.of(arguments[0], arguments[1]), builder)) {
            Thread sampler = new Thread(() -> sample(member), "sampler");
            sampler.setDaemon(true);
            sampler.start();
            await().atMost(Member.LIMIT)
                    .until(() -> member.elections().session().state() == State.ACTIVE);
            System.out.println("JOINED");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ", -1);
                operate(member, words[0], words[1], words[2]);
            }
        }
    }

    private static void operate(Member member, String number, String verb, String id) {
        long began = System.nanoTime();
        asked(member, verb, id)
                .handle((outcome, failure) -> failure == null ? outcome.name() : told(failure))
                .thenAccept(answer -> System.out.println(
                        "ANSWER " + number + " " + (System.nanoTime() - began) / 1_000_000 + " " + answer));
    }

    private static CompletableFuture<OperationOutcome> asked(Member member, String verb, String id) {
        return switch (verb) {
            case "evict" -> member.election().evict(EvictOptions.of(id).withBy("test"));
            case "evict-for" ->
                member.election().evict(EvictOptions.of(id).withBy("test").withDuration(Duration.ofMinutes(10)));
            case "cancel-evict" -> member.election().cancelEvict(id);
            case "resign" -> member.election().resign(id);
            case "transfer" -> member.election().transferTo(id);
            case "clear" -> member.election().clear(id);
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private static String told(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String kind = cause instanceof ElectionException told ? told.kind().name() : "UNEXPECTED";
        return kind + " " + cause.getMessage();
    }

    private static void sample(Member member) {
        long from = 0;
        long last = 0;
        long toldAt = 0;
        while (true) {
            long asked = System.nanoTime();
            boolean leads = member.isLeader();
            if (leads && from == 0) {
                from = System.nanoTime();
            } else if (leads) {
                last = asked;
            }
            if (last > from && from != 0 && (!leads || asked - toldAt > TOLD_NANOS)) {
                System.out.println("TRUE " + from + " " + last);
                toldAt = asked;
            }
            from = leads ? from : 0;
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
