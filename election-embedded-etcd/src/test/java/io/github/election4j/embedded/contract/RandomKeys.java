package io.github.election4j.embedded.contract;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Random;

/**
 * Few keys, so that operations meet. At most twelve: up to that many etcd sorts equals stably, beyond it does not, see
 * {@code docs/embedded-etcd.md}.
 */
final class RandomKeys {
    private static final ByteString NUL = ByteString.copyFrom(new byte[1]);
    private static final List<ByteString> KEYS = List.of(
            NUL,
            key('a'),
            key('a', 0),
            key('a', 'a'),
            key('a', 'b'),
            key('a', 'b', 'c'),
            key('b'),
            key('b', 0xff),
            key('c'),
            key('d'),
            key(0x80),
            key(0xff, 0xff));

    private final Random random;

    RandomKeys(Random random) {
        this.random = random;
    }

    private static ByteString key(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return ByteString.copyFrom(content);
    }

    /** Seldom the empty key, which is refused. */
    ByteString key() {
        return random.nextInt(200) == 0 ? ByteString.EMPTY : KEYS.get(random.nextInt(KEYS.size()));
    }

    /** None, "to the last", or any key: intervals may be empty or reversed. */
    ByteString end() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> ByteString.EMPTY;
            case 2 -> NUL;
            case 3 -> KEYS.get(random.nextInt(KEYS.size()));
            default -> KEYS.get(KEYS.size() - 1 - random.nextInt(KEYS.size() / 2));
        };
    }

    ByteString value() {
        return switch (random.nextInt(6)) {
            case 0 -> ByteString.EMPTY;
            case 1 -> key('v', 0xff);
            default -> ByteString.copyFromUtf8(Integer.toString(random.nextInt(12)));
        };
    }
}
