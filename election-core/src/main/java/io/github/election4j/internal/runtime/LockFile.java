package io.github.election4j.internal.runtime;

import io.github.election4j.InvalidElectionConfigException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * P10: a file that the kernel keeps locked for this process until it closes it or dies. Whoever gets the lock knows
 * that the process that wrote the file has ended, provided that it was this very file, and the same kernel that kept
 * the lock: the file tells both, so that neither another host nor a copy can be mistaken for it. Any thread.
 */
public final class LockFile implements AutoCloseable {
    /** Where locks are the kernel's own. What is not known to be one of these is refused. */
    private static final Set<String> LOCAL = Set.of(
            "ext2",
            "ext3",
            "ext2/ext3",
            "ext4",
            "xfs",
            "btrfs",
            "zfs",
            "f2fs",
            "jfs",
            "bcachefs",
            "tmpfs",
            "ramfs",
            "overlay");

    private static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String BEGIN = "election4j kernel=";
    private static final Pattern CONTENT = Pattern.compile(BEGIN + "(\\S+) file=(\\S+) lease=([0-9a-f]{1,16})\n");
    private static final int LONGEST = 200;

    /**
     * Of this process, whatever has loaded this class: what it holds is a system property each, by device and inode,
     * for to close a second one of the same file would give up the lock of the first.
     */
    private static final Object PROCESS = "io.github.election4j.lock-file".intern();

    private static final String HELD = "io.github.election4j.lock-file.";
    /** A session that has been closed may still be handing over. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private static final Logger log = LoggerFactory.getLogger(LockFile.class);

    private final Path path;
    /** Not a channel of one's own: an interrupt closes that, and with it gives up the lock. */
    private final RandomAccessFile file;

    private final String self;
    private final String kernel;
    private final long predecessor;
    private boolean closed;

    private LockFile(Path path, RandomAccessFile file, String self, String kernel) throws IOException {
        this.path = path;
        this.file = file;
        this.self = self;
        this.kernel = kernel;
        this.predecessor = read();
    }

    /**
     * Opens and locks a file, which is made if it is not there. Waits a few seconds for another session of this process
     * that may be about to give it up.
     *
     * @param path the file
     * @return the locked file; the caller closes it
     * @throws InvalidElectionConfigException if it can prove nothing, is some other file, or another process or session
     *     holds it
     */
    public static LockFile open(Path path) {
        Path absolute = path.toAbsolutePath();
        synchronized (PROCESS) {
            try {
                String kernel = kernel(absolute);
                make(absolute);
                requireFree(absolute);
                return locked(absolute, new RandomAccessFile(absolute.toFile(), "rw"), kernel);
            } catch (IOException failure) {
                throw refused(
                        "'" + absolute + "' cannot be opened: " + failure,
                        "Name a file in a folder that is there and can be written to.");
            }
        }
    }

    /** {@return the lease of the process before this one, which has ended, or 0 if nothing is known of it} */
    public long predecessor() {
        return predecessor;
    }

    /**
     * What the next process may know of this one. It is only convenience: where it cannot be written, that one waits.
     *
     * @param leaseId asked for under the lock, so that the last one to write has the last of them
     */
    public synchronized void write(LongSupplier leaseId) {
        if (closed) {
            return; // It has left in order, and needs no successor.
        }
        String content = BEGIN + kernel + " file=" + self + " lease=" + Long.toHexString(leaseId.getAsLong()) + "\n";
        try {
            file.setLength(0);
            file.seek(0);
            file.write(content.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            log.warn("Session: the lock file '{}' cannot be written, and will be no evidence: {}", path, told(failure));
        }
    }

    @Override
    public void close() {
        synchronized (PROCESS) {
            synchronized (this) {
                if (!closed) {
                    closed = true;
                    close(path, file);
                    System.clearProperty(HELD + self);
                    PROCESS.notifyAll();
                }
            }
        }
    }

    private static LockFile locked(Path path, RandomAccessFile file, String kernel) throws IOException {
        LockFile locked = null;
        try {
            if (file.getChannel().tryLock() == null) {
                throw inUse(path, "a process that lives");
            }
            locked = new LockFile(path, file, inode(path), kernel);
            System.setProperty(HELD + locked.self, path.toString());
            return locked;
        } catch (OverlappingFileLockException loadedTwice) {
            throw inUse(path, "something else in this process");
        } finally {
            if (locked == null) {
                close(path, file);
            }
        }
    }

    private static void close(Path path, RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException failure) {
            log.warn("Session: the lock file '{}' cannot be closed: {}", path, told(failure));
        }
    }

    private static String kernel(Path path) {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException failure) {
            throw refused(
                    "'" + path + "' would be no evidence: this system does not tell which kernel holds it (" + KERNEL
                            + ")",
                    "Leave it out where there is no Linux: a dead process is waited for then.");
        }
    }

    /** The folder is looked at before the file is made, and the file itself, which may be a link or mounted alone. */
    private static void make(Path path) throws IOException {
        Path folder = path.getParent();
        requireLocal(path, folder == null ? path : folder);
        if (!Files.exists(path)) {
            Files.createFile(path);
        }
        requireLocal(path, path.toRealPath());
    }

    private static void requireFree(Path path) throws IOException {
        long began = SystemSources.TICKER.nanos();
        String held = HELD + inode(path);
        while (System.getProperty(held) != null) {
            long left = PATIENCE_NANOS - (SystemSources.TICKER.nanos() - began);
            if (left <= 0) {
                throw inUse(path, "another session of this process");
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(PROCESS, left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw inUse(path, "another session of this process");
            }
        }
    }

    private static void requireLocal(Path path, Path part) throws IOException {
        String type = Files.getFileStore(part).type();
        if (!isLocal(type)) {
            throw refused(
                    "'" + path + "' is on a file system of type '" + type
                            + "', whose locks may not be the kernel's own",
                    "Choose a file on a disk of this host, or in memory: one of "
                            + LOCAL.stream().sorted().toList() + ".");
        }
    }

    static boolean isLocal(String type) {
        return LOCAL.contains(type);
    }

    private static String inode(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino");
        return attributes.get("dev") + ":" + attributes.get("ino");
    }

    private long read() throws IOException {
        byte[] content = new byte[LONGEST];
        int length = Math.max(0, file.read(content));
        String text = new String(content, 0, length, StandardCharsets.US_ASCII);
        if (!text.startsWith(BEGIN) && !isCutOff(text)) {
            throw refused(
                    "'" + path + "' is there, and is no lock file", "Name a file of its own, or none that is there.");
        }
        Matcher written = CONTENT.matcher(text);
        boolean evidence = written.matches()
                && written.group(1).equals(kernel)
                && written.group(2).equals(self);
        return evidence ? Long.parseUnsignedLong(written.group(3), 16) : 0;
    }

    /** By the end of a process or, as zeros may tell, of a machine. */
    private static boolean isCutOff(String text) {
        return BEGIN.startsWith(text) || text.startsWith("\0");
    }

    private static String told(IOException failure) {
        return failure.toString();
    }

    private static InvalidElectionConfigException inUse(Path path, String by) {
        return refused(
                "'" + path + "' is locked by " + by,
                "Give each a file of its own; if that is the process before this one, wait for its end.");
    }

    private static InvalidElectionConfigException refused(String found, String advice) {
        return new InvalidElectionConfigException("lockFile", found, advice);
    }
}
