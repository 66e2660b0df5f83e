package io.github.election4j.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.election4j.InvalidElectionConfigException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P10. */
@EnabledOnOs(OS.LINUX)
class LockFileTests {
    private static final long LEASE = 0x8fff_0000_0000_00a1L;

    @TempDir
    Path folder;

    @Test
    void tellsTheLeaseOfTheSessionBefore() {
        Path path = folder.resolve("lock");
        try (LockFile first = LockFile.open(path)) {
            assertThat(first.predecessor()).isZero();
            first.write(() -> 1);
            first.write(() -> LEASE);
        }

        try (LockFile second = LockFile.open(path)) {
            assertThat(second.predecessor()).isEqualTo(LEASE);
        }
    }

    /** As on a host that mounts the same folder, or on a copy of a machine. */
    @Test
    void whatAnotherKernelHeldIsNoEvidence() throws IOException {
        Path path = written();
        Files.writeString(path, Files.readString(path).replaceFirst("kernel=.", "kernel=_"));

        assertThat(predecessor(path)).isZero();
    }

    /** As of an application that is copied, or an image that is made of it, while it runs. */
    @Test
    void aCopyIsNoEvidence() throws IOException {
        Path copy = Files.copy(written(), folder.resolve("copy"));

        assertThat(predecessor(copy)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "election4j kernel=",
                "election4j kernel=x file=1:1 lease=a1",
                "election4j kernel= file= lease=\n",
                "election4j kernel=x file=1:1 lease=fffffffffffffffff\n",
                "\0\0\0"
            })
    void whatIsNotWholeIsNoEvidence(String content) throws IOException {
        assertThat(predecessor(Files.writeString(folder.resolve("lock"), content)))
                .isZero();
    }

    /** A process may be killed while it writes. */
    @Test
    void whatIsCutOffIsNoEvidence() throws IOException {
        Path path = written();
        String whole = Files.readString(path);

        for (int length = 0; length < whole.length(); length++) {
            try (var file = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
                file.truncate(0);
                file.write(StandardCharsets.US_ASCII.encode(whole.substring(0, length)));
            }
            assertThat(predecessor(path)).as("%d characters", length).isZero();
        }
    }

    @Test
    void anotherFileIsRefusedAndStaysAsItIs() throws IOException {
        Path other = Files.writeString(folder.resolve("application.yml"), "server:\n");

        assertThatThrownBy(() -> LockFile.open(other)).hasMessageContaining("is no lock file");
        assertThat(other).hasContent("server:\n");
    }

    /** An interrupt closes a channel that is written to, and with it gives up the lock. */
    @Test
    void anInterruptGivesNothingUp() {
        Path path = folder.resolve("lock");
        try (LockFile held = LockFile.open(path)) {
            Thread.currentThread().interrupt();
            held.write(() -> 1);
            assertThat(Thread.interrupted()).isTrue();
            held.write(() -> LEASE);
        }
        assertThat(predecessor(path)).isEqualTo(LEASE);
    }

    /** To close a second one of the same file, however it is named, would give up the lock. */
    @Test
    void isFoundByWhatItIsAndNotByItsName() throws IOException {
        Path path = folder.resolve("lock");
        try (LockFile held = LockFile.open(path)) {
            Path link = Files.createLink(folder.resolve("link"), path);
            assertThat(held.predecessor()).isZero();
            assertThatThrownBy(() -> LockFile.open(link)).hasMessageContaining("another session of this process");
        }
    }

    /** As in two web applications in one server. */
    @Test
    void isHeldByOneSessionHoweverOftenItsClassIsLoaded() throws Exception {
        Path path = folder.resolve("lock");
        URL[] classes = {LockFile.class.getProtectionDomain().getCodeSource().getLocation()};
        try (LockFile held = LockFile.open(path);
                URLClassLoader other = new URLClassLoader(classes, new Other(LockFile.class.getClassLoader()))) {
            assertThat(held.predecessor()).isZero();
            Class<?> twin = other.loadClass(LockFile.class.getName());
            assertThat(twin).isNotEqualTo(LockFile.class);
            assertThatThrownBy(() -> twin.getMethod("open", Path.class).invoke(null, path))
                    .hasStackTraceContaining("another session of this process");
        }
    }

    /** One that is closed while another waits for its file. */
    @Test
    void isWaitedForWhileAnotherSessionEnds() throws Exception {
        Path path = folder.resolve("lock");
        LockFile first = LockFile.open(path);
        CompletableFuture<LockFile> second = CompletableFuture.supplyAsync(() -> LockFile.open(path));
        first.write(() -> LEASE);
        first.close();

        try (LockFile now = second.get(20, TimeUnit.SECONDS)) {
            assertThat(now.predecessor()).isIn(0L, LEASE);
        }
    }

    /** Has everything of its parent but this package. */
    private static final class Other extends ClassLoader {
        Other(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(LockFile.class.getPackageName())) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }

    @Test
    void isHeldByOneSessionAtATime() {
        Path path = folder.resolve("lock");
        try (LockFile held = LockFile.open(path)) {
            assertThat(held.predecessor()).isZero();
            assertThatThrownBy(() -> LockFile.open(path))
                    .isInstanceOf(InvalidElectionConfigException.class)
                    .hasMessageContaining("another session of this process");
        }
        LockFile.open(path).close();
    }

    @Test
    void saysWhyItCannotBeOpened() {
        assertThatThrownBy(() -> LockFile.open(folder.resolve("none").resolve("lock")))
                .isInstanceOf(InvalidElectionConfigException.class)
                .hasMessageContaining("lockFile")
                .hasMessageContaining("none/lock' cannot be opened: ");
    }

    /** A session that has ended in order leaves nothing to be cleared. */
    @Test
    void isNotWrittenOnceItIsClosed() {
        Path path = folder.resolve("lock");
        LockFile file = LockFile.open(path);
        file.close();
        file.write(() -> LEASE);
        file.close();

        assertThat(predecessor(path)).isZero();
    }

    @Test
    void onlyWhereLocksAreTheKernelsOwn() {
        assertThat(LockFile.isLocal("ext4")).isTrue();
        assertThat(LockFile.isLocal("overlay")).isTrue();
        for (String other : new String[] {"nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "fuse.sshfs", "virtiofs", ""}) {
            assertThat(LockFile.isLocal(other)).as(other).isFalse();
        }
    }

    private Path written() {
        Path path = folder.resolve("lock");
        try (LockFile file = LockFile.open(path)) {
            file.write(() -> LEASE);
        }
        return path;
    }

    private static long predecessor(Path path) {
        try (LockFile file = LockFile.open(path)) {
            return file.predecessor();
        }
    }
}
