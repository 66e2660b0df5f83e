package io.github.election4j.internal.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Whole stories, line by line: milliseconds, member, what it is told ({@code <}) and what it wants done ({@code >}).
 * Regenerate them with {@code -Delection4j.transcripts=write} and review the difference.
 */
class TranscriptTests extends Scenario {
    @Test
    void startsAloneAndLeads() throws IOException {
        leader("a");
        seconds(3.5);

        assertTranscript("start-alone");
    }

    @Test
    void handsOver() throws IOException {
        Peer leader = leader("a");
        Peer follower = follower("b");

        leader.command(Input.Command.Type.RESIGN);
        world.runUntil(follower::isLeader, LEASE);
        settle();

        assertTranscript("hand-over");
    }

    @Test
    void losesItsKeyWhileItLeads() throws IOException {
        Peer leader = leader("a");
        Peer follower = veteran("b");

        world.store().delete(leader.key());
        world.runUntil(follower::isLeader, LEASE);
        settle();

        assertTranscript("key-deleted");
    }

    @Test
    void fallsSilent() throws IOException {
        Peer leader = leader("a");
        Peer follower = veteran("b");

        leader.crash();
        world.runUntil(follower::isLeader, LEASE);
        settle();

        assertTranscript("take-over");
    }

    @Test
    void lapses() throws IOException {
        Peer leader = leader("a");
        leader.cut();
        world.runUntil(() -> !ends(leader).isEmpty(), LEASE);
        leader.heal();
        world.runUntil(leader::isLeader, LEASE.plus(LEASE));
        settle();

        assertTranscript("lapse");
    }

    private void assertTranscript(String name) throws IOException {
        List<String> actual = world.transcript();
        if ("write".equals(System.getProperty("election4j.transcripts"))) {
            Files.write(Path.of("src/test/resources/transcripts", name + ".txt"), actual);
            return;
        }
        String path = "/transcripts/" + name + ".txt";
        try (InputStream golden = Objects.requireNonNull(TranscriptTests.class.getResourceAsStream(path), path)) {
            assertThat(actual)
                    .containsExactlyElementsOf(
                            new String(golden.readAllBytes(), UTF_8).lines().toList());
        }
    }
}
